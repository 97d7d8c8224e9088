package dev.selvage.execution;

import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import graphql.execution.CoercedVariables;
import graphql.language.BooleanValue;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.SelectionSet;
import graphql.language.TypeName;
import graphql.language.VariableReference;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLUnionType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which fields a document selects of each type: fragments spread, equal fields together, conditions decided. */
final class SpreadFields {
    /** Selections of the document that are looked at: spreading a fragment in a fragment multiplies them. */
    private static final int MAX_SELECTIONS = 10_000;

    private final GraphQLSchema schema;
    private final Map<String, FragmentDefinition> fragments = new LinkedHashMap<>();
    private final @Nullable CoercedVariables conditions;
    private int selections;

    /** @param conditions values of the variables that decide whether a field is skipped; null if no variable skips any */
    SpreadFields(GraphQLSchema schema, Document document, @Nullable CoercedVariables conditions) {
        this.schema = schema;
        this.conditions = conditions;
        document.getDefinitionsOfType(FragmentDefinition.class)
                .forEach(fragment -> fragments.put(fragment.getName(), fragment));
    }

    /** How many selections have been looked at. */
    int selections() {
        return selections;
    }

    /**
     * Where some selections ask for each field of one type, by its name in the answer.
     *
     * @throws Refusal LIMIT_EXCEEDED, or BAD_USER_INPUT where a condition is null
     */
    Map<String, List<Field>> of(GraphQLObjectType type, List<SelectionSet> sets) {
        var fields = new LinkedHashMap<String, List<Field>>();
        var spread = new HashSet<String>();
        sets.forEach(set -> collect(type, set, fields, spread));
        return fields;
    }

    /** The types that objects of a type may have. */
    List<GraphQLObjectType> possibleTypes(GraphQLCompositeType type) {
        return switch (type) {
            case GraphQLObjectType object -> List.of(object);
            case GraphQLInterfaceType face -> Objects.requireNonNull(schema.getImplementations(face));
            case GraphQLUnionType union ->
                union.getTypes().stream().map(GraphQLObjectType.class::cast).toList();
            default -> throw new IllegalStateException("Nothing is selected of " + type);
        };
    }

    private void collect(
            GraphQLObjectType type, SelectionSet set, Map<String, List<Field>> fields, Set<String> spread) {
        for (graphql.language.Selection<?> selection : set.getSelections()) {
            if (++selections > MAX_SELECTIONS) {
                throw new Refusal(
                        Code.LIMIT_EXCEEDED, "This selects too many fields, its fragments counted. Send it in parts.");
            }
            if (!isIncluded((DirectivesContainer<?>) selection)) {
                continue;
            }
            switch (selection) {
                case Field field ->
                    fields.computeIfAbsent(field.getResultKey(), _ -> new ArrayList<>(1))
                            .add(field);
                case InlineFragment inline
                when applies(inline.getTypeCondition(), type) ->
                    collect(type, inline.getSelectionSet(), fields, spread);
                case FragmentSpread named
                when spread.add(named.getName()) -> {
                    var fragment = Objects.requireNonNull(fragments.get(named.getName()));
                    if (applies(fragment.getTypeCondition(), type)) {
                        collect(type, fragment.getSelectionSet(), fields, spread);
                    }
                }
                default -> {
                    // A fragment of another type, or one that has been spread here before.
                }
            }
        }
    }

    private boolean applies(@Nullable TypeName condition, GraphQLObjectType type) {
        if (condition == null || condition.getName().equals(type.getName())) {
            return true;
        }
        return schema.getType(condition.getName()) instanceof GraphQLCompositeType wider
                && !(wider instanceof GraphQLObjectType)
                && possibleTypes(wider).contains(type);
    }

    private boolean isIncluded(DirectivesContainer<?> selection) {
        for (var directive : selection.getDirectives()) {
            boolean leavesOut = switch (directive.getName()) {
                case "skip" -> isTrue(directive, false);
                case "include" -> !isTrue(directive, true);
                default -> false;
            };
            if (leavesOut) {
                return false;
            }
        }
        return true;
    }

    /** @param unknown what a variable is if nobody has said it */
    private boolean isTrue(Directive directive, boolean unknown) {
        return switch (Conditions.value(directive)) {
            case BooleanValue constant -> constant.isValue();
            case VariableReference _ when conditions == null -> unknown;
            case VariableReference variable when conditions.get(variable.getName()) instanceof Boolean value -> value;
            default -> throw Conditions.isNull();
        };
    }
}
