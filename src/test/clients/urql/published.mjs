// urql calls what the codegen of its documents has published, queries over GET: node urql/published.mjs http://localhost:8080
import { cacheExchange, Client, fetchExchange, gql } from '@urql/core'
import { persistedExchange } from '@urql/exchange-persisted'
import assert from 'node:assert/strict'
import { build, compile, fabric, headers, publish } from '../app.mjs'
import { answeredById, assertUnknown, requests, url, watchedFetch } from '../wire.mjs'

const target = build('graphql-codegen', '--config', 'urql/codegen.mjs')
await publish(`${target}/persisted-documents.json`, 2)
const { BrowseCategoryDocument, OfferFabricDocument } = await import(compile(target, 'graphql'))

const client = newClient({ generateHash: async (_, document) => document.__meta__?.hash })
const offered = await client.mutation(OfferFabricDocument, { input: fabric }).toPromise()
answeredById('POST')
assert.equal(offered.data.createFabric.fabric.name, fabric.name)

const variables = { category: fabric.category }
const found = await client.query(BrowseCategoryDocument, variables).toPromise()
const { asked } = answeredById('GET')
assert.equal(asked.extensions.persistedQuery.sha256Hash, BrowseCategoryDocument.__meta__.hash)
assert.deepEqual(found.data.fabrics.nodes, [offered.data.createFabric.fabric])

// A query that was changed after the manifest was made: urql takes its hash, or sends it as it is if nobody says one.
const query = gql`query BrowseCategory($category: String!) { fabrics(filter: { category: $category }) { nodes { id } } }`
const unpublished = await newClient({}).query(query, variables).toPromise()
assertUnknown(...requests(1))
assert.equal(unpublished.error.graphQLErrors[0].extensions.code, 'PERSISTED_QUERY_NOT_FOUND')

const unhashed = await client.query(query, variables).toPromise()
const [refused] = requests(1)
assert.equal(refused.status, 400)
assert.equal(unhashed.error.graphQLErrors[0].extensions.code, 'PERSISTED_QUERY_REQUIRED')

console.log('urql called its published documents by id alone, and queries over GET.')

function newClient(options) {
  const persisted = persistedExchange({
    preferGetForPersistedQueries: 'force',
    enforcePersistedQueries: true,
    enableForMutation: true,
    ...options,
  })
  const exchanges = [cacheExchange, persisted, fetchExchange]
  return new Client({ url, exchanges, fetch: watchedFetch, fetchOptions: { headers } })
}
