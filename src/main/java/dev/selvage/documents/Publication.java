package dev.selvage.documents;

import java.util.List;

/**
 * What has come of documents that were handed in: all of them were published, or none.
 *
 * @param documents as they were handed in; empty if there are faults
 */
public record Publication(List<Published> documents, List<Fault> faults) {
    /** @param isNew whether the app had not published it before */
    public record Published(PersistedDocument document, boolean isNew) {}

    static Publication refused(List<Fault> faults) {
        return new Publication(List.of(), faults);
    }
}
