package dev.selvage.execution;

import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Refusal.Code;
import dev.selvage.kernel.Resolver;
import graphql.execution.CoercedVariables;
import graphql.introspection.Introspection;
import graphql.language.AstPrinter;
import graphql.language.BooleanValue;
import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.SelectionSet;
import graphql.language.TypeName;
import graphql.language.VariableReference;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLUnionType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Works out what an operation selects of each type: fragments spread, equal fields merged, conditions decided. */
final class Planner {
    /** Selections of the document that are looked at: spreading a fragment in a fragment multiplies them. */
    private static final int MAX_SELECTIONS = 10_000;

    private static final String IDEMPOTENT = "idempotent";

    private static final Output TYPE_NAME = new Output.Leaf((out, name) -> out.writeString((String) name), true);

    private final ExecutableSchema schema;
    private final Document document;
    private final Map<String, FragmentDefinition> fragments;
    private final OperationDefinition operation;
    private final CoercedVariables conditions;
    private int selections;

    /** @param conditions values of the variables that decide whether a field is skipped */
    Planner(ExecutableSchema schema, Document document, OperationDefinition operation, CoercedVariables conditions) {
        this.schema = schema;
        this.document = document;
        this.fragments = new LinkedHashMap<>();
        document.getDefinitionsOfType(FragmentDefinition.class)
                .forEach(fragment -> fragments.put(fragment.getName(), fragment));
        this.operation = operation;
        this.conditions = conditions;
    }

    /** @throws Refusal LIMIT_EXCEEDED, or BAD_USER_INPUT where a condition is null */
    Plan plan() {
        var root = operation.getOperation() == OperationDefinition.Operation.MUTATION
                ? Objects.requireNonNull(schema.schema().getMutationType())
                : schema.schema().getQueryType();
        var selection = selection(List.of(operation.getSelectionSet()), root);
        return new Plan(operation, Objects.requireNonNull(selection.only()), selection);
    }

    /** How many selections the plan took: what it holds is no more. */
    int selections() {
        return selections;
    }

    private Selection selection(List<SelectionSet> sets, GraphQLCompositeType type) {
        var columns = new Columns();
        var types = new LinkedHashMap<String, SelectedType>();
        for (var possible : possibleTypes(type)) {
            var occurrences = new LinkedHashMap<String, List<Field>>();
            var spread = new HashSet<String>();
            sets.forEach(set -> collect(possible, set, occurrences, spread));
            var fields = new ArrayList<SelectedField>(occurrences.size());
            occurrences.forEach((name, same) -> fields.add(field(possible, name, same, columns)));
            types.put(possible.getName(), new SelectedType(possible.getName(), List.copyOf(fields)));
        }
        return new Selection(types, columns.count);
    }

    private static final class Columns {
        private int count;
    }

    private List<GraphQLObjectType> possibleTypes(GraphQLCompositeType type) {
        return switch (type) {
            case GraphQLObjectType object -> List.of(object);
            case GraphQLInterfaceType face ->
                Objects.requireNonNull(schema.schema().getImplementations(face));
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
        return schema.schema().getType(condition.getName()) instanceof GraphQLCompositeType wider
                && !(wider instanceof GraphQLObjectType)
                && possibleTypes(wider).contains(type);
    }

    private boolean isIncluded(DirectivesContainer<?> selection) {
        for (var directive : selection.getDirectives()) {
            boolean leavesOut = switch (directive.getName()) {
                case "skip" -> isTrue(directive);
                case "include" -> !isTrue(directive);
                default -> false;
            };
            if (leavesOut) {
                return false;
            }
        }
        return true;
    }

    private boolean isTrue(Directive directive) {
        return switch (Conditions.value(directive)) {
            case BooleanValue constant -> constant.isValue();
            case VariableReference variable when conditions.get(variable.getName()) instanceof Boolean value -> value;
            default -> throw Conditions.isNull();
        };
    }

    private SelectedField field(GraphQLObjectType type, String name, List<Field> same, Columns columns) {
        var first = same.getFirst();
        var key = new JsonOutput.Key(name);
        var location = first.getSourceLocation();
        if (first.getName().equals(Introspection.TypeNameMetaFieldDef.getName())) {
            Resolver.OfRecord typeName = _ -> type.getName();
            return new SelectedField(name, key, typeName, null, Arguments.NONE, null, TYPE_NAME, -1, location);
        }
        if (first.getName().startsWith("__")) {
            var resolver = IntrospectedField.resolver(schema.introspection(), document, operation, same);
            return new SelectedField(
                    name,
                    key,
                    resolver,
                    null,
                    Arguments.VARIABLES,
                    null,
                    IntrospectedField.OUTPUT,
                    columns.count++,
                    location);
        }
        var field = schema.field(type.getName(), first.getName());
        var output = output(field.definition().getType(), same, false);
        return new SelectedField(
                name,
                key,
                field.resolver(),
                field.rule(),
                Arguments.of(field.definition().getArguments(), first.getArguments()),
                field.resolver() instanceof Resolver.OfChange ? idempotency(same) : null,
                output,
                isRead(field.resolver(), output) ? columns.count++ : -1,
                location);
    }

    /** The same field may be selected more than once, but it is one change and has one key. */
    private @Nullable Arguments idempotency(List<Field> same) {
        var directives = same.stream()
                .flatMap(field -> field.getDirectives(IDEMPOTENT).stream())
                .toList();
        if (directives.isEmpty()) {
            return null;
        }
        if (directives.stream().map(AstPrinter::printAstCompact).distinct().count() > 1) {
            throw Refusal.badInput("`" + same.getFirst().getResultKey() + "` has two keys. Give it another alias.");
        }
        var declared = Objects.requireNonNull(schema.schema().getDirective(IDEMPOTENT));
        return Arguments.of(declared.getArguments(), directives.getFirst().getArguments());
    }

    /** Whether it has to be known before the answer is written: for itself, or for something below it. */
    private static boolean isRead(Resolver resolver, Output output) {
        var below = output.selection();
        return !(resolver instanceof Resolver.OfRecord) || (below != null && below.columns() > 0);
    }

    private Output output(GraphQLOutputType type, List<Field> same, boolean required) {
        return switch ((GraphQLType) type) {
            case graphql.schema.GraphQLNonNull some -> output((GraphQLOutputType) some.getWrappedType(), same, true);
            case GraphQLList list ->
                new Output.Many(output((GraphQLOutputType) list.getWrappedType(), same, false), required);
            case GraphQLCompositeType composite ->
                new Output.Composite(
                        selection(same.stream().map(Field::getSelectionSet).toList(), composite), required);
            default -> new Output.Leaf(LeafFormat.of(type), required);
        };
    }
}
