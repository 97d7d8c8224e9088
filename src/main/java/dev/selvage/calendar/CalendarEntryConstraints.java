package dev.selvage.calendar;

import static dev.selvage.kernel.UserError.ErrorCode.INVALID;
import static dev.selvage.kernel.UserError.ErrorCode.OUT_OF_RANGE;
import static dev.selvage.kernel.UserError.ErrorCode.REQUIRED;
import static dev.selvage.kernel.UserError.ErrorCode.TOO_LONG;

import dev.selvage.kernel.Fields;
import dev.selvage.kernel.Wiring;
import org.springframework.stereotype.Component;

/** What the constraints of {@code content_calendar} are to callers. */
@Component
class CalendarEntryConstraints implements Wiring {
    @Override
    public void wire(Fields fields) {
        fields.constraints()
                .add("content_calendar.platform", REQUIRED, "An entry has a platform.", "input", "platform")
                .add("content_calendar.content_type", REQUIRED, "An entry has a type.", "input", "contentType")
                .add("content_calendar.title", REQUIRED, "An entry has a title.", "input", "title")
                .add("content_calendar.media_urls", REQUIRED, "Send an empty list for none.", "input", "mediaUrls")
                .add("content_calendar.hashtags", REQUIRED, "Send an empty list for none.", "input", "hashtags")
                .add(
                        "content_calendar_pinterest_posts",
                        INVALID,
                        "Pinterest takes posts only. Send POST, or choose another platform.",
                        "input",
                        "contentType")
                .add("content_calendar_title_length", TOO_LONG, "A title has 1 to 200 characters.", "input", "title")
                .add(
                        "content_calendar_description_length",
                        TOO_LONG,
                        "At most 10,000 characters.",
                        "input",
                        "description")
                .add("content_calendar_media_urls_shape", INVALID, "At most 50 addresses.", "input", "mediaUrls")
                .add(
                        "content_calendar_hashtags_shape",
                        INVALID,
                        "At most 30 hashtags, each # and then letters, digits or _, for example #handmade.",
                        "input",
                        "hashtags")
                .add(
                        "content_calendar_published_past",
                        OUT_OF_RANGE,
                        "Nothing has been posted in the future. Send when it was, or leave this out for now.",
                        "input",
                        "publishedDate")
                .add(
                        "content_calendar_scheduled_year",
                        OUT_OF_RANGE,
                        "Send a year from 1 to 9999, in UTC.",
                        "input",
                        "scheduledDate")
                .add(
                        "content_calendar_published_year",
                        OUT_OF_RANGE,
                        "Send a year from 1 on, in UTC.",
                        "input",
                        "publishedDate")
                .backstops(
                        "input",
                        "content_calendar.published",
                        "content_calendar_content_type_known",
                        "content_calendar_dates_finite",
                        "content_calendar_engagement_shape",
                        "content_calendar_platform_known",
                        "content_calendar_published_when",
                        "content_calendar_user_fkey");
    }
}
