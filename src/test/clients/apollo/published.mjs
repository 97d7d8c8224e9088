// Apollo Client calls what the manifest of its own tool has published: node apollo/published.mjs http://localhost:8080
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import {
  createPersistedQueryManifestVerificationLink,
  generatePersistedQueryIdsAtRuntime,
  generatePersistedQueryIdsFromManifest,
} from '@apollo/persisted-query-lists'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { build, fabric, headers, publish } from '../app.mjs'
import { answeredById, assertUnknown, requests, sha256, url, watchedFetch } from '../wire.mjs'
import { browseCategory, offerFabric } from './operations.js'

const file = `${build('generate-persisted-query-manifest', '--config', 'apollo/manifest.json')}/manifest.json`
await publish(file, 2)

const loadManifest = () => JSON.parse(readFileSync(file))
const faults = []
const verification = createPersistedQueryManifestVerificationLink({
  loadManifest,
  onVerificationFailed: ({ reason }) => faults.push(reason),
})

const built = newClient(generatePersistedQueryIdsFromManifest({ loadManifest }), verification)
const offered = await built.mutate({ mutation: offerFabric, variables: { input: fabric } })
answeredById('POST')
assert.equal(offered.data.createFabric.fabric.name, fabric.name)

const variables = { category: fabric.category }
const found = await built.query({ query: browseCategory, variables })
answeredById('POST')
assert.deepEqual(found.data.fabrics.nodes, [offered.data.createFabric.fabric])
assert.deepEqual(faults, [], 'What the client sends is what its tool has found')

// The other way of the same package: ids come from the texts, and queries go over GET.
const hashing = generatePersistedQueryIdsAtRuntime({ sha256 })
const got = await newClient({ ...hashing, useGETForHashedQueries: true }).query({ query: browseCategory, variables })
answeredById('GET')
assert.deepEqual(got.data, found.data)

// A query that was changed after the manifest was made.
const query = gql`query BrowseCategory($category: String!) { fabrics(filter: { category: $category }) { nodes { id } } }`
const unpublished = await newClient({ ...hashing, retry: () => false }).query({ query, variables, errorPolicy: 'all' })
assertUnknown(...requests(1))
assert.equal(unpublished.error.errors[0].extensions.code, 'PERSISTED_QUERY_NOT_FOUND')

// Left to itself the client sends its text then, which this app may not.
const insistent = await newClient(hashing).query({ query, variables, errorPolicy: 'all' })
const [unknown, refused] = requests(2)
assertUnknown(unknown)
assert.equal(refused.status, 400)
assert.equal(insistent.error.errors[0].extensions.code, 'PERSISTED_QUERY_REQUIRED')

console.log('Apollo Client called its published documents by id alone.')

function newClient(ids, ...links) {
  const link = [...links, new PersistedQueryLink(ids), new HttpLink({ uri: url, headers, fetch: watchedFetch })]
  return new ApolloClient({ link: link.reduceRight((rest, one) => one.concat(rest)), cache: new InMemoryCache() })
}
