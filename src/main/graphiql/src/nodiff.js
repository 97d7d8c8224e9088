// Stands in for Monaco's editors of differences, which every Monaco carries and nothing here opens.
export class DiffEditorWidget {}
export class MultiDiffEditorWidget {}
