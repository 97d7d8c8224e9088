// Apollo Client asks by hash, and sends a text only where its hash is new: node apollo/automatic.mjs http://localhost:8080
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import assert from 'node:assert/strict'
import { answeredById, assertUnknown, requests, sha256, unique, url, watchedFetch } from '../wire.mjs'

const query = gql`query Events${unique} { events(first: 2) { nodes { id name } } }`

const first = await ask({ sha256 })
const [unknown, taught] = requests(2)
assertUnknown(unknown)
assert.equal(taught.method, 'POST')
assert.equal(sha256(taught.asked.query), unknown.asked.extensions.persistedQuery.sha256Hash)
assert.equal(first.data.events.nodes.length, 2)

const second = await ask({ sha256 })
answeredById('POST')
assert.deepEqual(second.data, first.data)

const third = await ask({ sha256, useGETForHashedQueries: true })
answeredById('GET')
assert.deepEqual(third.data, first.data)

// A text under the hash of another would be what all clients get for that one from then on.
for (const time of ['at first', 'again']) {
  const { error } = await ask({ sha256: () => sha256(unique) })
  const [miss, refused] = requests(2)
  assertUnknown(miss)
  assert.equal(refused.status, 400)
  assert.equal(error?.errors[0].extensions.code, 'BAD_REQUEST', time)
}

console.log('Apollo Client sent its text once, and then asked by its hash alone.')

/** As a client that has just been started. */
function ask(options) {
  const link = new PersistedQueryLink(options).concat(new HttpLink({ uri: url, fetch: watchedFetch }))
  return new ApolloClient({ link, cache: new InMemoryCache() }).query({ query, errorPolicy: 'all' })
}
