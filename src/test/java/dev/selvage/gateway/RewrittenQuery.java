package dev.selvage.gateway;

import graphql.language.Argument;
import graphql.language.AstPrinter;
import graphql.language.BooleanValue;
import graphql.language.Definition;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.InlineFragment;
import graphql.language.NonNullType;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.TypeName;
import graphql.language.Value;
import graphql.language.VariableDefinition;
import graphql.language.VariableReference;
import graphql.parser.Parser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A query said in a harder way: what is asked once is asked in parts, in fragments, twice, and under conditions. */
final class RewrittenQuery {
    /** Of whether something is asked; the first is true and the second false where nothing is sent. */
    static final List<String> CONDITIONS = List.of("unlessSaid", "ifSaid", "sent");

    /** Characters of what is asked twice; on each level of a query twice is much. */
    private static final int MOST_TWICE = 400;

    private final Random random;
    private final Set<String> used = new LinkedHashSet<>();
    private final String text;

    RewrittenQuery(String query, Random random) {
        this.random = random;
        var document = Document.newDocument();
        for (Definition<?> definition : Parser.parse(query).getDefinitions()) {
            if (definition instanceof FragmentDefinition fragment) {
                document.definition(
                        fragment.transform(builder -> builder.selectionSet(rewritten(fragment.getSelectionSet()))));
            }
        }
        Parser.parse(query).getDefinitionsOfType(OperationDefinition.class).forEach(operation -> {
            var selected = rewritten(operation.getSelectionSet());
            // Those of the fragments too.
            document.definition(operation.transform(builder -> {
                builder.selectionSet(selected);
                used.forEach(name -> builder.variableDefinition(declared(name)));
            }));
        });
        this.text = AstPrinter.printAst(document.build());
    }

    String text() {
        return text;
    }

    private static VariableDefinition declared(String name) {
        var type = new TypeName("Boolean");
        var variable = VariableDefinition.newVariableDefinition().name(name);
        return switch (name) {
            case "unlessSaid" ->
                variable.type(type).defaultValue(BooleanValue.of(true)).build();
            case "ifSaid" ->
                variable.type(new NonNullType(type))
                        .defaultValue(BooleanValue.of(false))
                        .build();
            default -> variable.type(new NonNullType(type)).build();
        };
    }

    private SelectionSet rewritten(@Nullable SelectionSet set) {
        var now = new ArrayList<Selection<?>>();
        var later = new ArrayList<Selection<?>>();
        for (Selection<?> selection : Objects.requireNonNull(set).getSelections()) {
            rewrite(below(selection), now, later);
        }
        now.addAll(later);
        return new SelectionSet(now);
    }

    private Selection<?> below(Selection<?> selection) {
        return switch (selection) {
            case Field field
            when field.getSelectionSet() != null ->
                field.transform(builder -> builder.selectionSet(rewritten(field.getSelectionSet())));
            case InlineFragment inline ->
                inline.transform(builder -> builder.selectionSet(rewritten(inline.getSelectionSet())));
            default -> selection;
        };
    }

    private void rewrite(Selection<?> selection, List<Selection<?>> now, List<Selection<?>> later) {
        boolean twice = AstPrinter.printAst(selection).length() < MOST_TWICE;
        switch (random.nextInt(twice ? 8 : 6)) {
            case 0 -> now.add(inFragment(selection, List.of()));
            case 1 -> {
                if (selection instanceof Field field && !field.getName().equals("__typename")) {
                    now.add(field.transform(builder -> builder.directive(condition())));
                } else {
                    now.add(selection);
                }
            }
            case 2, 3 -> {
                if (selection instanceof Field field
                        && field.getSelectionSet() != null
                        && field.getSelectionSet().getSelections().size() > 1) {
                    int parts = field.getSelectionSet().getSelections().size();
                    now.add(part(field, 0, parts / 2));
                    later.add(inFragment(part(field, parts / 2 - 1, parts), List.of()));
                } else {
                    now.add(selection);
                }
            }
            case 6 -> {
                now.add(selection);
                later.add(inFragment(selection, List.of(condition())));
            }
            case 7 -> {
                now.add(inFragment(selection, List.of(condition(), never())));
                later.add(selection);
            }
            default -> now.add(selection);
        }
    }

    private static Field part(Field field, int from, int to) {
        var parts =
                Objects.requireNonNull(field.getSelectionSet()).getSelections().subList(from, to);
        return field.transform(builder -> builder.selectionSet(new SelectionSet(parts)));
    }

    private static InlineFragment inFragment(Selection<?> selection, List<Directive> directives) {
        return InlineFragment.newInlineFragment()
                .selectionSet(new SelectionSet(List.of(selection)))
                .directives(directives)
                .build();
    }

    private Directive condition() {
        return directive(
                "include",
                random.nextInt(6) == 0 ? BooleanValue.of(random.nextBoolean()) : new VariableReference(any()));
    }

    private Directive never() {
        return directive("skip", random.nextBoolean() ? BooleanValue.of(false) : new VariableReference(any()));
    }

    private String any() {
        var name = CONDITIONS.get(random.nextInt(CONDITIONS.size()));
        used.add(name);
        return name;
    }

    private static Directive directive(String name, Value<?> condition) {
        return Directive.newDirective()
                .name(name)
                .argument(Argument.newArgument("if", condition).build())
                .build();
    }

    /** Values for all of its conditions, of which some are left out where they may be. */
    Map<String, Object> conditions(Random random) {
        var values = new LinkedHashMap<String, Object>();
        for (var name : used) {
            if (name.equals("sent") || random.nextInt(3) > 0) {
                values.put(name, random.nextInt(3) > 0);
            }
        }
        return values;
    }
}
