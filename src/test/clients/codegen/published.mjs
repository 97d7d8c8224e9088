// No client at all, only what codegen leaves of the documents: node codegen/published.mjs http://localhost:8080
import assert from 'node:assert/strict'
import { build, compile, fabric, headers, publish } from '../app.mjs'
import { answeredById, assertUnknown, requests, sha256, url, watchedFetch } from '../wire.mjs'

const target = build('graphql-codegen', '--config', 'codegen/codegen.mjs')
await publish(`${target}/persisted-documents.json`, 2)
const { BrowseCategoryDocument, OfferFabricDocument } = await import(compile(target, 'graphql'))
const [browse, offer] = [BrowseCategoryDocument, OfferFabricDocument].map((document) => document.__meta__.hash)

const offered = await post({ documentId: offer, variables: { input: fabric } })
answeredById('POST')
assert.equal(offered.data.createFabric.fabric.name, fabric.name)

// A digest means the same with the name of its algorithm before it and without.
const variables = { category: fabric.category }
for (const documentId of [browse, browse.replace(/^sha256:/, '')]) {
  for (const [method, ask] of [['GET', get], ['POST', post]]) {
    const found = await ask({ documentId, variables })
    assert.equal(answeredById(method).asked.documentId, documentId)
    assert.deepEqual(found.data.fabrics.nodes, [offered.data.createFabric.fabric])
  }
}

// A document that is not in the manifest, and a change by a GET.
for (const ask of [get, post]) {
  await ask({ documentId: `sha256:${sha256('{ fabrics { nodes { id } } }')}` })
  assertUnknown(...requests(1))
}
await get({ documentId: offer, variables: { input: fabric } })
const [refused] = requests(1)
assert.equal(refused.status, 405)
assert.equal(refused.headers.get('allow'), 'POST')

console.log('The documents of codegen were called by id alone, over GET and POST.')

async function get({ documentId, variables }) {
  const parameters = new URLSearchParams({ documentId, variables: JSON.stringify(variables ?? {}) })
  return (await watchedFetch(`${url}?${parameters}`, { headers })).json()
}

async function post(request) {
  const json = { ...headers, 'content-type': 'application/json' }
  return (await watchedFetch(url, { method: 'POST', headers: json, body: JSON.stringify(request) })).json()
}
