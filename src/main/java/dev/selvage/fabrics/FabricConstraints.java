package dev.selvage.fabrics;

import static dev.selvage.kernel.UserError.ErrorCode.INVALID;
import static dev.selvage.kernel.UserError.ErrorCode.NOT_UNIQUE;
import static dev.selvage.kernel.UserError.ErrorCode.OUT_OF_RANGE;
import static dev.selvage.kernel.UserError.ErrorCode.REQUIRED;
import static dev.selvage.kernel.UserError.ErrorCode.TOO_LONG;

import dev.selvage.kernel.Fields;
import dev.selvage.kernel.Wiring;
import org.springframework.stereotype.Component;

/** What the constraints of {@code fabrics} are to callers. */
@Component
class FabricConstraints implements Wiring {
    @Override
    public void wire(Fields fields) {
        fields.constraints()
                .add("fabrics.name", REQUIRED, "A fabric has a name.", "input", "name")
                .add("fabrics.category", REQUIRED, "A fabric has a category.", "input", "category")
                .add("fabrics.price", REQUIRED, "A fabric has a price.", "input", "price")
                .add("fabrics.images", REQUIRED, "Send an empty list for no images.", "input", "images")
                .add("fabrics.tags", REQUIRED, "Send an empty list for no tags.", "input", "tags")
                .add("fabrics.stock_quantity", REQUIRED, "Send 0 for no stock.", "input", "stockQuantity")
                .add("fabrics_name_length", TOO_LONG, "A name has 1 to 200 characters.", "input", "name")
                .add("fabrics_description_length", TOO_LONG, "At most 10,000 characters.", "input", "description")
                .add("fabrics_category_length", TOO_LONG, "A category has 1 to 100 characters.", "input", "category")
                .add("fabrics_subcategory_length", TOO_LONG, "It has 1 to 100 characters.", "input", "subcategory")
                .add("fabrics_composition_length", TOO_LONG, "At most 1,000 characters.", "input", "composition")
                .add(
                        "fabrics_care_instructions_length",
                        TOO_LONG,
                        "At most 2,000 characters.",
                        "input",
                        "careInstructions")
                .add("fabrics_price_not_negative", OUT_OF_RANGE, "A price is not negative.", "input", "price")
                .add("fabrics_weight_positive", OUT_OF_RANGE, "A weight is above zero.", "input", "weight")
                .add("fabrics_width_positive", OUT_OF_RANGE, "A width is above zero.", "input", "width")
                .add("fabrics_stock_not_negative", OUT_OF_RANGE, "No stock is below zero.", "input", "stockQuantity")
                .add("fabrics_images_shape", INVALID, "At most 50 images, and none of them empty.", "input", "images")
                .add("fabrics_tags_shape", INVALID, "At most 50 tags, and none of them empty.", "input", "tags")
                .add(
                        "fabrics_etsy_listing_id_length",
                        TOO_LONG,
                        "It has 1 to 100 characters.",
                        "input",
                        "etsyListingId")
                .add(
                        "fabrics_etsy_listing_id_unique",
                        NOT_UNIQUE,
                        "Another fabric has this listing.",
                        "input",
                        "etsyListingId");
    }
}
