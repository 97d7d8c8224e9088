package dev.selvage.documents;

import static dev.selvage.kernel.UserError.ErrorCode.NOT_FOUND;
import static dev.selvage.kernel.UserError.ErrorCode.OUT_OF_RANGE;
import static dev.selvage.kernel.UserError.ErrorCode.TOO_LONG;

import dev.selvage.kernel.Fields;
import dev.selvage.kernel.Wiring;
import org.springframework.stereotype.Component;

/** What the constraints of apps and their documents are to callers. */
@Component
class DocumentConstraints implements Wiring {
    static final String VERSION = "A version has 1 to 100 characters.";
    static final String TEXT = "The text of a document has 1 byte to 256 KiB.";
    static final String VERSIONS = "1,000 versions use one of these documents. Retire those that nobody has any more.";
    static final String NO_APP =
            "There is no app with this client id. An administrator makes one with `saveClientApp`.";
    static final String OWN = "This is the gateway's own app: its documents come and go with the gateway.";

    @Override
    public void wire(Fields fields) {
        fields.constraints()
                .add(
                        "client_apps_client_id_length",
                        TOO_LONG,
                        "A client id has 1 to 256 characters.",
                        "input",
                        "clientId")
                .add("client_apps_name_length", TOO_LONG, "A name has 1 to 200 characters.", "input", "name")
                .add(
                        "client_apps_few",
                        OUT_OF_RANGE,
                        "There are 100 apps, and no more can be kept. Give one of them another use.",
                        "input",
                        "clientId")
                .add("persisted_documents_app_fkey", NOT_FOUND, NO_APP, "input", "clientId")
                .add("persisted_documents_text_size", TOO_LONG, TEXT, "input", "documents")
                .add(
                        "persisted_documents_operation_name_length",
                        TOO_LONG,
                        "The name of an operation has up to 1,000 characters.",
                        "input",
                        "documents")
                .add("persisted_documents_app_versions_few", OUT_OF_RANGE, VERSIONS, "input", "appVersion")
                .add("persisted_documents_app_versions_length", TOO_LONG, VERSION, "input", "appVersion")
                .backstops(
                        "input",
                        "client_apps.client_id",
                        "client_apps.name",
                        "client_apps.policy",
                        "client_apps_client_id_unique",
                        "client_apps_policy_known",
                        "persisted_documents.client_id",
                        "persisted_documents.hash",
                        "persisted_documents.text",
                        "persisted_documents.cost",
                        "persisted_documents.app_versions",
                        "persisted_documents_hash_of_text",
                        "persisted_documents_hash_unique",
                        "persisted_documents_of_app_unique",
                        "persisted_documents_cost_not_negative",
                        "persisted_documents_retired_without_version",
                        "document_ids.client_id",
                        "document_ids.custom_id",
                        "document_ids.document_id",
                        "document_ids_custom_id_length",
                        "document_ids_custom_id_unique",
                        "document_ids_document_fkey");
    }
}
