package dev.selvage.execution;

import graphql.language.Directive;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.Node;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.SourceLocation;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures a parsed document. Each fragment is looked at once, however often it is spread, so that the time it takes grows
 * with the text alone.
 */
final class DocumentSize {
    /** What a selection comes to with its fragments spread. */
    private record Size(int fields, int topFields, int depth, int nesting) {
        static final Size NOTHING = new Size(0, 0, 0, 0);
    }

    /** Ends the walk where it would only go deeper. */
    private static final class TooDeep extends RuntimeException {
        @java.io.Serial
        private static final long serialVersionUID = 1L;

        private final transient LimitExceeded error;

        private TooDeep(LimitExceeded error) {
            super(null, null, false, false);
            this.error = error;
        }
    }

    private final DocumentLimits limits;
    private final Map<String, FragmentDefinition> fragments = new HashMap<>();
    private final Map<String, Size> sizes = new HashMap<>();
    private final Map<DocumentLimit, Integer> counts = new EnumMap<>(DocumentLimit.class);
    private final Map<DocumentLimit, LimitExceeded> exceeded = new EnumMap<>(DocumentLimit.class);

    private DocumentSize(DocumentLimits limits) {
        this.limits = limits;
    }

    /** The first limit that a document exceeds; null if it keeps to all of them. */
    static @Nullable LimitExceeded exceeded(Document document, DocumentLimits limits) {
        var size = new DocumentSize(limits);
        try {
            size.measure(document);
        } catch (TooDeep tooDeep) {
            return tooDeep.error;
        }
        return size.exceeded.values().stream().findFirst().orElse(null);
    }

    private void measure(Document document) {
        for (var fragment : document.getDefinitionsOfType(FragmentDefinition.class)) {
            count(DocumentLimit.FRAGMENTS, limits.fragments(), 1, fragment);
            fragments.put(fragment.getName(), fragment);
        }
        for (var operation : document.getDefinitionsOfType(OperationDefinition.class)) {
            directives(operation.getDirectives());
            operation.getVariableDefinitions().forEach(variable -> directives(variable.getDirectives()));
            var size = size(operation.getSelectionSet(), 0, 0);
            count(DocumentLimit.FIELDS, limits.fields(), size.fields(), operation);
            counts.remove(DocumentLimit.ROOT_FIELDS);
            count(DocumentLimit.ROOT_FIELDS, limits.rootFields(), size.topFields(), operation);
        }
        // Those that nothing spreads are validated as well.
        fragments.forEach((name, fragment) -> {
            if (!sizes.containsKey(name)) {
                size(fragment, 0, 0);
            }
        });
    }

    private void count(DocumentLimit limit, int bound, int more, Node<?> where) {
        int before = counts.getOrDefault(limit, 0);
        int found = Counting.sum(before, more);
        counts.put(limit, found);
        if (found > bound) {
            var first = exceeded.get(limit);
            exceeded.put(
                    limit,
                    new LimitExceeded(
                            limit, bound, found, first == null ? where.getSourceLocation() : first.location()));
        }
    }

    private void directives(List<Directive> directives) {
        directives.forEach(directive -> count(DocumentLimit.DIRECTIVES, limits.directives(), 1, directive));
    }

    /**
     * Measures a selection.
     *
     * @param depth fields around it
     * @param nesting selections around it
     */
    private Size size(SelectionSet set, int depth, int nesting) {
        int fields = 0;
        int topFields = 0;
        int deepest = 0;
        int nested = 0;
        for (Selection<?> selection : set.getSelections()) {
            var size = switch (selection) {
                case Field field -> size(field, depth, nesting);
                case InlineFragment inline -> {
                    directives(inline.getDirectives());
                    yield size(inline.getSelectionSet(), depth, nested(nesting, 1, inline));
                }
                case FragmentSpread spread -> size(spread, depth, nesting);
                default -> Size.NOTHING;
            };
            fields = Counting.sum(fields, size.fields());
            topFields = Counting.sum(topFields, size.topFields());
            deepest = Math.max(deepest, size.depth());
            nested = Math.max(nested, size.nesting());
        }
        return new Size(fields, topFields, deepest, nested + 1);
    }

    private Size size(Field field, int depth, int nesting) {
        directives(field.getDirectives());
        if (field.getAlias() != null) {
            count(DocumentLimit.ALIASES, limits.aliases(), 1, field);
        }
        int at = deep(depth, 1, field);
        if (field.getSelectionSet() == null) {
            return new Size(1, 1, 1, 0);
        }
        var below = size(field.getSelectionSet(), at, nested(nesting, 1, field));
        return new Size(Counting.sum(below.fields(), 1), 1, below.depth() + 1, below.nesting());
    }

    private Size size(FragmentSpread spread, int depth, int nesting) {
        directives(spread.getDirectives());
        var fragment = fragments.get(spread.getName());
        if (fragment == null) {
            return Size.NOTHING;
        }
        var known = sizes.get(spread.getName());
        var size = known == null ? size(fragment, depth, nested(nesting, 1, spread)) : known;
        deep(depth, size.depth(), spread);
        nested(nesting, size.nesting(), spread);
        return size;
    }

    private Size size(FragmentDefinition fragment, int depth, int nesting) {
        // One that spreads itself is nothing here; validation refuses it.
        sizes.put(fragment.getName(), Size.NOTHING);
        directives(fragment.getDirectives());
        var size = size(fragment.getSelectionSet(), depth, nesting);
        sizes.put(fragment.getName(), size);
        return size;
    }

    private int deep(int depth, int more, Node<?> where) {
        return within(DocumentLimit.DEPTH, limits.depth(), depth + more, where.getSourceLocation());
    }

    private int nested(int nesting, int more, Node<?> where) {
        return within(DocumentLimit.NESTING, limits.nesting(), nesting + more, where.getSourceLocation());
    }

    private static int within(DocumentLimit limit, int bound, int found, @Nullable SourceLocation where) {
        if (found > bound) {
            throw new TooDeep(new LimitExceeded(limit, bound, found, where));
        }
        return found;
    }
}
