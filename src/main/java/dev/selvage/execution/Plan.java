package dev.selvage.execution;

import graphql.language.OperationDefinition;

/**
 * How one operation of a document is answered, with its fragments spread and its conditions decided.
 *
 * @param root what is selected of the root type
 */
record Plan(OperationDefinition operation, SelectedType root, Selection selection) {
    /** What it costs at most. */
    Price price() {
        return selection.price();
    }
}
