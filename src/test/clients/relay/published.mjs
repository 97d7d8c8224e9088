// Relay calls what its compiler has published, by the MD5 that it makes of a text: node relay/published.mjs http://localhost:8080
import assert from 'node:assert/strict'
import relay from 'relay-runtime'
import { bearer, build, clientId, fabric, headers, publish } from '../app.mjs'
import { answeredById, assertUnknown, requests, url, watchedFetch } from '../wire.mjs'

const { Environment, Network, RecordSource, Store, commitMutation, fetchQuery } = relay

const target = build('relay-compiler', 'relay/relay.config.json')
await publish(`${target}/queryMap.json`, 2)
const [{ default: browse }, { default: offer }] = await Promise.all([
  import(`${target}/ShopBrowseQuery.graphql.js`),
  import(`${target}/ShopOfferMutation.graphql.js`),
])

const offered = await commit(newEnvironment('doc_id', headers), { input: fabric })
assert.equal(answeredById('POST').asked.doc_id, offer.params.id)
assert.equal(offered.createFabric.fabric.name, fabric.name)

// Either name of Relay's network layers; without a token an app says itself which it is.
for (const [name, caller] of [['doc_id', headers], ['id', headers], ['doc_id', { 'x-client-id': clientId }]]) {
  const found = await ask(newEnvironment(name, caller))
  assert.equal(answeredById('POST').asked[name], browse.params.id)
  assert.deepEqual(found.fabrics.nodes, [offered.createFabric.fabric])
}

// The same id belongs to whoever published under it.
const another = await bearer({ as: 'integrator', client_id: `another-${clientId}`, scope: 'write:fabrics' })
for (const caller of [another, {}]) {
  await assert.rejects(ask(newEnvironment('doc_id', caller)), /PersistedQueryNotFound/)
  assertUnknown(...requests(1))
}

console.log('Relay called its published documents by id alone.')

function newEnvironment(name, caller) {
  const fetchFunction = async ({ id }, variables) => {
    const answer = await watchedFetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...caller },
      body: JSON.stringify({ [name]: id, variables }),
    })
    return answer.json()
  }
  return new Environment({ network: Network.create(fetchFunction), store: new Store(new RecordSource()) })
}

function ask(environment) {
  return fetchQuery(environment, browse, { category: fabric.category }).toPromise()
}

function commit(environment, variables) {
  return new Promise((onCompleted, onError) => {
    commitMutation(environment, { mutation: offer, variables, onCompleted, onError })
  })
}
