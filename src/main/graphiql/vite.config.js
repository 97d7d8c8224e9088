import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

// React's and its compiler's marks, which mean nothing in a bundle.
const checks = { moduleLevelDirective: false }

/** The editor formats on the page; the worker's own copy of Prettier would never be asked. */
const withoutPrettier = {
  name: 'without-prettier',
  enforce: 'pre',
  resolveId: (id) => (id.startsWith('prettier/') ? '\0nothing' : null),
  load: (id) => (id === '\0nothing' ? 'export default {}' : null),
}

/** GraphiQL's icons take their titles from names of functions, which do not survive minification. */
const iconNames = {
  name: 'icon-names',
  transform: {
    filter: { id: /@graphiql\/react\/dist\/icons\/index\.js$/ },
    handler: (code) => code.replace(/generateIcon\((\w+)\);/g, 'generateIcon(Object.defineProperty($1, "name", { value: "$1" }));'),
  },
}

export default defineConfig({
  base: '/graphiql/',
  plugins: [iconNames],
  build: {
    outDir: here('../resources/static/graphiql'),
    emptyOutDir: true,
    license: { fileName: 'licenses.md' },
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 4000,
    reportCompressedSize: false,
    rolldownOptions: { checks },
  },
  worker: {
    format: 'es',
    rolldownOptions: { checks },
    plugins: () => [withoutPrettier],
  },
  resolve: {
    alias: [
      { find: /^(\.|monaco-graphql\/esm)\/monaco-editor(\.js)?$/, replacement: here('src/editor.js') },
      { find: /^\.\.?\/(utility\/)?jsonc\.js$/, replacement: here('src/jsonc.js') },
      { find: /^.*\/(diffEditorWidget|multiDiffEditorWidget)\.js$/, replacement: here('src/nodiff.js') },
      // Two names for one plugin.
      { find: 'prettier/parser-graphql', replacement: 'prettier/plugins/graphql' },
    ],
  },
  server: {
    proxy: { '/graphql': 'http://localhost:8080', '/dev': 'http://localhost:8080', '/graphiql/settings.json': 'http://localhost:8080' },
  },
})
