package dev.selvage.analytics;

import static dev.selvage.kernel.UserError.ErrorCode.INVALID;
import static dev.selvage.kernel.UserError.ErrorCode.OUT_OF_RANGE;
import static dev.selvage.kernel.UserError.ErrorCode.TOO_LONG;

import dev.selvage.kernel.Fields;
import dev.selvage.kernel.Wiring;
import org.springframework.stereotype.Component;

/**
 * What the constraints of {@code analytics} are to callers. {@link RecordMetrics} says of each input beforehand what would not
 * do, with its place; these are for the moment at which a day begins.
 */
@Component
class AnalyticsConstraints implements Wiring {
    static final String TYPE = "A type has 1 to 100 characters.";
    static final String PLATFORM = "A platform has 1 to 100 characters. Leave it out for none.";
    static final String SHAPE = "A value is a number, or an object with numbers in it.";
    static final String SIZE = "A value has at most 64 KiB.";
    static final String DATE = "No figure is of a day after tomorrow, by UTC.";

    @Override
    public void wire(Fields fields) {
        fields.constraints()
                .add("analytics_metric_type_length", TOO_LONG, TYPE, "inputs")
                .add("analytics_platform_length", TOO_LONG, PLATFORM, "inputs")
                .add("analytics_metric_value_shape", INVALID, SHAPE, "inputs")
                .add("analytics_metric_value_size", TOO_LONG, SIZE, "inputs")
                .add("analytics_date_past", OUT_OF_RANGE, DATE, "inputs")
                .backstops(
                        "inputs",
                        "analytics.date",
                        "analytics.metric_type",
                        "analytics.metric_value",
                        "analytics_one_a_day");
    }
}
