package dev.selvage.execution;

import dev.selvage.execution.FieldCount.Sized;
import dev.selvage.kernel.Refusal;
import dev.selvage.kernel.Resolver;
import graphql.execution.CoercedVariables;
import graphql.introspection.Introspection;
import graphql.language.AstPrinter;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.OperationDefinition;
import graphql.language.SelectionSet;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLOutputType;
import graphql.schema.GraphQLType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Works out what an operation selects of each type: fragments spread, equal fields merged, conditions decided. */
final class Planner {
    /** Units for a question about the schema: the whole of it is some ten thousand fields. */
    private static final int INTROSPECTION = 100;

    private static final String IDEMPOTENT = "idempotent";

    private static final Output TYPE_NAME = new Output.Leaf((out, name) -> out.writeString((String) name), true);

    private final ExecutableSchema schema;
    private final Document document;
    private final OperationDefinition operation;
    private final SpreadFields spread;

    /** @param conditions values of the variables that decide whether a field is skipped; null if no variable skips any */
    Planner(
            ExecutableSchema schema,
            Document document,
            OperationDefinition operation,
            @Nullable CoercedVariables conditions) {
        this.schema = schema;
        this.document = document;
        this.operation = operation;
        this.spread = new SpreadFields(schema.schema(), document, conditions);
    }

    /** @throws Refusal LIMIT_EXCEEDED, or BAD_USER_INPUT where a condition is null */
    Plan plan() {
        var root = operation.getOperation() == OperationDefinition.Operation.MUTATION
                ? Objects.requireNonNull(schema.schema().getMutationType())
                : schema.schema().getQueryType();
        var selection = selection(List.of(operation.getSelectionSet()), root, true, null);
        return new Plan(operation, Objects.requireNonNull(selection.only()), selection);
    }

    /** How many selections the plan took: what it holds is no more. */
    int selections() {
        return spread.selections();
    }

    /**
     * Plans what is selected of objects.
     *
     * @param weighed whether each of them costs what its type says
     * @param sized their lists that are as long as the field around them says; null if none
     */
    private Selection selection(
            List<SelectionSet> sets, GraphQLCompositeType type, boolean weighed, @Nullable Sized sized) {
        var columns = new Columns();
        var prices = new ArrayList<Price>();
        var types = new LinkedHashMap<String, SelectedType>();
        for (var possible : spread.possibleTypes(type)) {
            var occurrences = spread.of(possible, sets);
            var fields = new ArrayList<SelectedField>(occurrences.size());
            var bill = new Bill(weighed ? Weights.of(possible) : 0);
            occurrences.forEach((name, same) -> fields.add(field(possible, name, same, columns, sized, bill)));
            types.put(possible.getName(), new SelectedType(possible.getName(), List.copyOf(fields), bill.units));
            prices.add(bill.price());
        }
        return new Selection(types, columns.count, Price.dearest(prices));
    }

    /** What an object costs: by itself, and with all that its fields answer. */
    private static final class Bill {
        private final List<Price> below = new ArrayList<>();
        private int units;

        private Bill(int units) {
            this.units = units;
        }

        private Price price() {
            below.add(Price.of(units));
            return Price.sum(below);
        }
    }

    private static final class Columns {
        private int count;
    }

    private SelectedField field(
            GraphQLObjectType type, String name, List<Field> same, Columns columns, @Nullable Sized sized, Bill bill) {
        var first = same.getFirst();
        var key = new JsonOutput.Key(name);
        var location = first.getSourceLocation();
        if (first.getName().equals(Introspection.TypeNameMetaFieldDef.getName())) {
            Resolver.OfRecord typeName = _ -> type.getName();
            return new SelectedField(name, key, typeName, null, Arguments.NONE, null, TYPE_NAME, -1, location);
        }
        if (first.getName().startsWith("__")) {
            bill.units += INTROSPECTION;
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
        var count = FieldCount.of(field, first, sized);
        var output = output(field.definition().getType(), same, count, false);
        var objects = output.selection();
        bill.units += Objects.requireNonNullElse(field.weight(), 0);
        bill.below.add(objects == null ? Price.NOTHING : Price.times(count.length(), objects.price()));
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

    private Output output(GraphQLOutputType type, List<Field> same, FieldCount count, boolean required) {
        return switch ((GraphQLType) type) {
            case graphql.schema.GraphQLNonNull some ->
                output((GraphQLOutputType) some.getWrappedType(), same, count, true);
            case GraphQLList list -> {
                var element = output((GraphQLOutputType) list.getWrappedType(), same, count, false);
                yield new Output.Many(element, count.length().most(), required);
            }
            case GraphQLCompositeType composite ->
                new Output.Composite(
                        selection(
                                same.stream().map(Field::getSelectionSet).toList(),
                                composite,
                                count.weighed(),
                                count.below()),
                        required);
            default -> new Output.Leaf(LeafFormat.of(type), required);
        };
    }
}
