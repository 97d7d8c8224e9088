// What the scripts in the directories beside this one see of their client: everything that it sends, and what comes back.
import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'

export const baseUrl = process.argv[2]?.replace(/\/+$/, '')
if (!baseUrl) throw new Error('Say where the gateway is, such as http://localhost:8080.')

export const url = `${baseUrl}/graphql`

/** In no other run: what the gateway knows from that one is of no help to this one. */
export const unique = randomUUID().replaceAll('-', '')

export const sha256 = (text) => createHash('sha256').update(text).digest('hex')

const BESIDE_A_TEXT = ['documentId', 'doc_id', 'id', 'operationName', 'variables', 'extensions']

let sent = []

/** For a client to use in place of its own; it remembers. */
export async function watchedFetch(address, options = {}) {
  const answer = await fetch(address, options)
  const { method = 'GET', body } = options
  const asked = body ? JSON.parse(body) : Object.fromEntries(new URL(address).searchParams)
  for (const name of ['variables', 'extensions']) {
    if (typeof asked[name] === 'string') asked[name] = JSON.parse(asked[name])
  }
  sent.push({ method, asked, status: answer.status, headers: answer.headers, answer: await answer.clone().json() })
  return answer
}

/** Those since this was last asked; a test says how many they have to be. */
export function requests(count) {
  const taken = sent
  sent = []
  assert.equal(taken.length, count, `${count} requests, not ${JSON.stringify(taken.map(({ asked }) => asked))}`)
  return taken
}

/** The one since this was last asked: without a text, and answered. */
export function answeredById(method) {
  const [request] = requests(1)
  assert.equal(request.method, method)
  assertNoText(request)
  assert.equal(request.status, 200)
  assert.equal(request.answer.errors, undefined)
  return request
}

/** The request brought no text, and its id or hash is not known. */
export function assertUnknown(request) {
  assertNoText(request)
  assert.equal(request.status, 200)
  assert.equal(request.headers.get('cache-control'), 'private, no-cache, must-revalidate')
  const errors = request.answer.errors.map(({ message, extensions }) => [message, extensions.code])
  assert.deepEqual(errors, [['PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND']])
}

function assertNoText({ asked }) {
  const others = Object.keys(asked).filter((name) => !BESIDE_A_TEXT.includes(name))
  assert.deepEqual(others, [], 'Only an id or a hash is sent')
}
