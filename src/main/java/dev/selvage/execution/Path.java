package dev.selvage.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where in the answer the writer is. */
final class Path {
    private @Nullable String[] names = new String[16];
    private int[] indexes = new int[16];
    private int depth;

    void enter(String name) {
        grow();
        names[depth++] = name;
    }

    void enter(int index) {
        grow();
        names[depth] = null;
        indexes[depth++] = index;
    }

    void leave() {
        depth--;
    }

    private void grow() {
        if (depth == names.length) {
            names = Arrays.copyOf(names, 2 * depth);
            indexes = Arrays.copyOf(indexes, 2 * depth);
        }
    }

    List<Object> toList() {
        var path = new ArrayList<Object>(depth);
        for (int i = 0; i < depth; i++) {
            var name = names[i];
            path.add(name == null ? (Object) indexes[i] : name);
        }
        return path;
    }
}
