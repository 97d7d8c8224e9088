package dev.selvage.execution;

import dev.selvage.kernel.Refusal;
import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.Node;
import graphql.language.Value;
import graphql.language.VariableReference;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** The variables that decide which fields of a document are selected, by {@code @skip} and {@code @include}. */
final class Conditions {
    private static final Set<String> DIRECTIVES = Set.of("skip", "include");

    private Conditions() {}

    /** What decides: the one argument that these directives have. */
    static Value<?> value(Directive directive) {
        return Objects.requireNonNull(directive.getArgument("if")).getValue();
    }

    /** What is wrong where the variable in a condition is null. */
    static Refusal isNull() {
        return Refusal.badInput("A variable is null where a value is needed.");
    }

    static Set<String> variables(Document document) {
        var names = new HashSet<String>();
        var nodes = new ArrayDeque<Node<?>>();
        nodes.add(document);
        while (!nodes.isEmpty()) {
            var node = nodes.remove();
            if (node instanceof Directive directive
                    && DIRECTIVES.contains(directive.getName())
                    && value(directive) instanceof VariableReference variable) {
                names.add(variable.getName());
            }
            for (Node<?> child : node.getChildren()) {
                nodes.add(child);
            }
        }
        return names;
    }
}
