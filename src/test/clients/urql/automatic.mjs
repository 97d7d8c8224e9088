// urql asks by hash over GET, and sends a text only where its hash is new: node urql/automatic.mjs http://localhost:8080
import { Client, fetchExchange } from '@urql/core'
import { persistedExchange } from '@urql/exchange-persisted'
import assert from 'node:assert/strict'
import { answeredById, assertUnknown, requests, sha256, unique, url, watchedFetch } from '../wire.mjs'

const query = `query Events${unique}($first: Int!) { events(first: $first) { nodes { id name } } }`

const first = await ask({ first: 2 })
const [unknown, taught] = requests(2)
assertUnknown(unknown)
assert.equal(unknown.method, 'GET')
assert.equal(taught.method, 'GET')
assert.equal(sha256(taught.asked.query), unknown.asked.extensions.persistedQuery.sha256Hash)
assert.equal(first.events.nodes.length, 2)

const second = await ask({ first: 1 })
answeredById('GET')
assert.deepEqual(second.events.nodes, first.events.nodes.slice(0, 1))

// As the manifests of some tools have it, and with them what their users tell urql to send.
const third = await ask({ first: 2 }, { generateHash: async (text) => `sha256:${sha256(text)}` })
answeredById('GET')
assert.deepEqual(third, first)

console.log('urql sent its text once, and then asked by its hash alone, over GET.')

/** As a client that has just been started. */
async function ask(variables, options) {
  const exchanges = [persistedExchange({ preferGetForPersistedQueries: true, ...options }), fetchExchange]
  const { data, error } = await new Client({ url, fetch: watchedFetch, exchanges }).query(query, variables).toPromise()
  assert.equal(error, undefined)
  return data
}
