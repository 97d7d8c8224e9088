export default {
  schema: 'target/schema.graphql',
  documents: 'operations.graphql',
  generates: {
    'target/codegen/': {
      preset: 'client',
      presetConfig: { persistedDocuments: { hashAlgorithm: 'sha256', mode: 'replaceDocumentWithHash' } },
      config: { documentMode: 'string' },
    },
  },
}
