package dev.selvage.changes;

import dev.selvage.kernel.Fields;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Wiring;
import dev.selvage.users.User;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code Query.changes}, {@code Query.auditTrail} and their types. */
@Component
class ChangeFields implements Wiring {
    private final ChangeRepository changes;

    ChangeFields(ChangeRepository changes) {
        this.changes = changes;
    }

    @Override
    public void wire(Fields fields) {
        fields.query().ranking("changes", this::feed).ranking("auditTrail", this::trail);
        fields.type(Change.class)
                .cursor("cursor", ChangeFeed.NAME, change -> change.place().text())
                .reference("subject", Change::subject);
        fields.type(AuditEntry.class)
                .cursor("cursor", AuditTrail.NAME, entry -> entry.place().text())
                .toOne("actor", AuditEntry::actorId, User.class);
    }

    private ChangeFeed feed(Map<String, Object> arguments) {
        return new ChangeFeed(changes, topics((List<?>) arguments.get("topics")));
    }

    private AuditTrail trail(Map<String, Object> arguments) {
        var subject = (String) arguments.get("subjectId");
        return new AuditTrail(changes, subject == null ? null : ChangeTopic.Subject.of(subject));
    }

    private static Set<ChangeTopic> topics(@Nullable List<?> asked) {
        if (asked == null) {
            return EnumSet.allOf(ChangeTopic.class);
        }
        var topics = EnumSet.noneOf(ChangeTopic.class);
        for (var topic : asked) {
            if (topic == null) {
                throw Refusal.badInput("A list must not contain null.");
            }
            topics.add(ChangeTopic.valueOf(topic.toString()));
        }
        return topics;
    }
}
