import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset'

export default {
  schema: 'target/schema.graphql',
  documents: 'operations.graphql',
  generates: {
    'target/urql/': {
      preset: 'client',
      presetConfig: { persistedDocuments: { hashAlgorithm: 'sha256' } },
      // urql's cache asks for the type of everything, and so has its document to.
      documentTransforms: [addTypenameSelectionDocumentTransform],
    },
  },
}
