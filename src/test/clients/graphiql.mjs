// A newcomer's first minute at the console, in a real browser: node graphiql.mjs http://localhost:8080
import { chromium } from 'playwright-core'

const baseUrl = process.argv[2]?.replace(/\/+$/, '')
if (!baseUrl) fail('Usage: node graphiql.mjs <baseUrl>')
const { host } = new URL(baseUrl)
const patience = { timeout: 30_000 }

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
}).catch(({ message }) => fail(`The browser did not start: ${message.split('\n')[0]}`))

const page = await browser.newPage()
const requests = []
const faults = []
let lastRequest = Date.now()
page.context().on('request', (request) => {
  requests.push(request.url())
  lastRequest = Date.now()
})
page.on('websocket', (socket) => requests.push(socket.url()))
page.on('console', (message) => message.type() === 'error' && faults.push(`the console said “${message.text()}” at ${message.location().url}`))
page.on('pageerror', ({ message }) => faults.push(`a script failed with “${message}”`))

await step('The page did not load', () => page.goto(`${baseUrl}/graphiql`, patience))

await step('The Admin persona brought no token', () =>
  Promise.all([
    page.waitForResponse((answer) => new URL(answer.url()).pathname === '/dev/token' && answer.ok(), patience),
    page.getByText('Admin', { exact: true }).click(patience),
  ]),
)

await step('The saved operation EventsWithItems could not be chosen', async () => {
  await page.getByRole('button', { name: 'Operations' }).click(patience)
  await page.getByRole('menuitem', { name: 'EventsWithItems' }).click(patience)
})

const [response] = await step('Play sent no EventsWithItems as Admin', () =>
  Promise.all([
    page.waitForResponse((response) => isAdminsOperation(response.request()), patience),
    page.getByRole('button', { name: 'Execute query' }).click(patience),
  ]),
)
const answer = await step('The answer to EventsWithItems is not JSON', () => response.json())

const { nodes, edges } = answer.data?.events ?? {}
const rows = nodes ?? edges?.map(({ node }) => node) ?? []
if (rows.length === 0) fail(`EventsWithItems brought no rows: ${JSON.stringify(answer).slice(0, 300)}`)

await step('The result pane shows no event', () => {
  // The editor wraps long lines and has spaces of its own.
  const seen = JSON.stringify(rows[0].id ?? rows[0].name).replace(/\s/g, '')
  const isShown = (text) => document.querySelector('.result-window')?.textContent.replace(/\s/g, '').includes(text)
  return page.waitForFunction(isShown, seen, patience)
})

// What a worker or a late script still asks for. Playwright's own "networkidle" may wait for ever for a worker's request.
while (Date.now() - lastRequest < 1000) await page.waitForTimeout(100)
await browser.close()

const foreign = requests.filter((url) => /^(https?|wss?):/.test(url) && new URL(url).host !== host)
if (foreign.length > 0) fail(`The page asked another host: ${foreign.join(' ')}`)
if (faults.length > 0) fail(`The page is not clean: ${faults.join('; ')}.`)
console.log(`GraphiQL shows the Admin persona its events (${rows.length}); ${requests.length} requests, all to ${host}, no errors.`)

function isAdminsOperation(request) {
  if (new URL(request.url()).pathname !== '/graphql') return false
  return request.postDataJSON()?.operationName === 'EventsWithItems' && /^Bearer ./.test(request.headers().authorization)
}

async function step(failure, action) {
  try {
    return await action()
  } catch ({ message }) {
    fail([`${failure}: ${message.split('\n')[0]}`, ...faults].join('; '))
  }
}

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}
