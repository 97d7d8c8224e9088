// One script for Monaco's three workers, so that their common half is shipped once.
// Each module sets a message handler of its own; what arrives before that is kept for it.
const early = []
self.onmessage = (message) => early.push(message)

const work = {
  graphql: () => import('monaco-graphql/esm/graphql.worker.js'),
  json: () => import('monaco-editor/esm/vs/language/json/json.worker.js'),
  editor: () => import('monaco-editor/esm/vs/editor/editor.worker.js'),
}
await work[self.name]()
early.forEach((message) => self.onmessage(message))
