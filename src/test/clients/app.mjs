// An app with documents of its own: what its tool makes of them, how its build publishes them, and who it is to the gateway.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { baseUrl, unique, url } from './wire.mjs'

const clients = import.meta.dirname
const schema = `${clients}/../../../graphql/published.sdl`

/** Of the script that runs: `apollo`, `urql`, and so on. */
const directory = basename(dirname(process.argv[1]))

/** The same in each run, as a gateway has only so many apps. */
export const clientId = `clients-${directory}`

/** What the app offers and then finds; nobody else's fabric is of its category. */
export const fabric = { name: 'Harbour linen', price: '12.50', category: `Linen ${unique}` }

/** The headers of the app when it is allowed to offer fabrics. */
export const headers = await bearer({ as: 'integrator', client_id: clientId, scope: 'write:fabrics' })

/** Runs a client's own tool, which finds the schema in `target/` and leaves what it makes in the script's own directory there. */
export function build(tool, ...options) {
  const target = `${clients}/target/${directory}`
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target, { recursive: true })
  cpSync(schema, `${clients}/target/schema.graphql`)
  // Relay's compiler adds to one that is there.
  writeFileSync(`${target}/queryMap.json`, '{}')
  run(tool, ...options)
  return target
}

/** The module, once its TypeScript is JavaScript. */
export function compile(target, module) {
  run('tsc', '--noCheck', '--target', 'es2023', '--module', 'nodenext', '--outDir', `${target}/js`, `${target}/${module}.ts`)
  return `${target}/js/${module}.js`
}

function run(tool, ...options) {
  execFileSync(`${clients}/node_modules/.bin/${tool}`, options, { cwd: clients, stdio: ['ignore', 'ignore', 'inherit'] })
}

/**
 * As the app's build does it: twice, because builds are repeated. From then on the app calls what it has published and
 * nothing else.
 *
 * @param documents how many there are in the manifest
 */
export async function publish(manifest, documents) {
  await publishedOnly()
  const pipeline = await bearer({ as: 'integrator', client_id: 'pipeline', scope: 'write:documents' })
  for (const outcomes of [['added', 'known'], ['known']]) {
    const answer = await fetch(`${baseUrl}/documents?${new URLSearchParams({ clientId, appVersion: '1.0' })}`, {
      method: 'POST',
      headers: { ...pipeline, 'content-type': 'application/json' },
      body: readFileSync(manifest),
    })
    const told = await answer.text()
    assert.equal(answer.status, 200, told)
    const results = JSON.parse(told).documents.map(({ result }) => result)
    assert.equal(results.length, documents, told)
    assert(results.every((result) => outcomes.includes(result)), told)
  }
}

async function publishedOnly() {
  const query = `mutation ($input: SaveClientAppInput!) { saveClientApp(input: $input) { userErrors { message } } }`
  const input = { clientId, name: 'An app of the tests', policy: 'PUBLISHED_ONLY' }
  const answer = await fetch(url, {
    method: 'POST',
    headers: { ...(await bearer({ as: 'admin' })), 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input } }),
  })
  assert.deepEqual((await answer.json()).data?.saveClientApp.userErrors, [])
}

export async function bearer(parameters) {
  const answer = await fetch(`${baseUrl}/dev/token?${new URLSearchParams(parameters)}`)
  const text = await answer.text()
  assert.equal(answer.status, 200, text)
  return { authorization: `Bearer ${text}` }
}
