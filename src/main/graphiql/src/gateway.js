import { getOperationAST } from 'graphql'
import { currentViewer, renew } from './viewer.js'

const json = 'application/graphql-response+json, application/json'
const events = `text/event-stream, ${json}`

/** What GraphiQL calls for everything it sends, introspection included. */
export function fetcher(operation, { headers, documentAST } = {}) {
  const { operationName } = operation
  const isSubscription = documentAST && getOperationAST(documentAST, operationName)?.operation === 'subscription'
  return isSubscription ? listen(operation, headers) : ask(operation, headers)
}

async function ask(operation, headers) {
  try {
    return await read(await post(operation, json, headers))
  } catch ({ message }) {
    return failure(message)
  }
}

/** One event stream per subscription, as graphql-sse's “distinct connections” mode has it. */
function listen(operation, headers) {
  const stopping = new AbortController()
  const results = receive(operation, headers, stopping.signal)
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    next: () => results.next(),
    return() {
      // A generator that waits for the next event would not notice its own return().
      stopping.abort()
      return results.return()
    },
  }
}

async function* receive(operation, headers, signal) {
  try {
    const answer = await post(operation, events, headers, signal)
    if (!answer.headers.get('content-type')?.startsWith('text/event-stream')) {
      yield await read(answer)
      return
    }
    for await (const { name, data } of eventsOf(answer.body)) {
      if (name === 'complete') return
      if (name === 'next') yield JSON.parse(data)
    }
  } catch ({ message }) {
    if (!signal.aborted) yield failure(message)
  }
}

async function* eventsOf(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    // A pair of CR and LF may arrive in two pieces.
    const complete = (text + value).replace(/\r(?!$)\n?/g, '\n').split('\n\n')
    text = complete.pop()
    for (const event of complete) {
      const all = (field) => event.split('\n').filter((line) => line.startsWith(`${field}:`)).map((line) => line.slice(field.length + 1).replace(/^ /, ''))
      yield { name: all('event')[0], data: all('data').join('\n') }
    }
  }
}

async function post(operation, accept, own = {}, signal, isRetry = false) {
  const token = await currentViewer().token
  const headers = new Headers({ 'content-type': 'application/json', accept })
  if (token) headers.set('authorization', `Bearer ${token}`)
  // What is typed into GraphiQL's own headers pane has the last word.
  for (const [name, value] of Object.entries(own)) headers.set(name, value)

  const answer = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(operation), signal }).catch(() => {
    throw new Error('The gateway did not answer.')
  })
  const isOurs = token && headers.get('authorization') === `Bearer ${token}`
  if (answer.status === 401 && isOurs && !isRetry && (await renew(token))) {
    return post(operation, accept, own, signal, true)
  }
  return answer
}

async function read(answer) {
  try {
    return JSON.parse(await answer.text())
  } catch {
    return failure(`The gateway answered ${answer.status} without JSON.`)
  }
}

function failure(message) {
  return { errors: [{ message }] }
}
