// node src/bench/slow.mjs [--seconds 30] [--connections 1000] [--url http://localhost:8080] [--no-build]: slowhttptest sends
// headers and bodies bit by bit and takes answers bit by bit, and meanwhile another client asks every 20 ms.
import { spawn } from 'node:child_process'
import { request } from 'node:http'
import { parseArgs } from 'node:util'
import { prepareData } from './data.mjs'
import { startIssuer } from './issuer.mjs'
import { Postgres } from './postgres.mjs'
import { table } from './report.mjs'
import { build, startSelvage } from './selvage.mjs'
import { conclude, pause, Refusal, requireTools, say } from './tools.mjs'

const { values: options } = parseArgs({
    options: {
        seconds: { type: 'string', default: '30' }, connections: { type: 'string', default: '1000' },
        url: { type: 'string' }, build: { type: 'boolean', default: true },
    },
    allowNegative: true,
})
const PAUSE_MILLISECONDS = 20
const PATIENCE_MILLISECONDS = 10_000
const QUERIES = ['{ __typename }', '{ events(first: 1) { nodes { id } } }']

const TYPE = 'type { kind name ofType { kind name ofType { kind name } } }'
/** The longest answer that there is. */
const large = encodeURIComponent(
    `{ __schema { types { kind name description fields { name description args { name description ${TYPE} } ${TYPE} } } } }`)
const MODES = {
    'slow headers': url => ['-H', '-i', '2', '-x', '24', '-u', url],
    'slow body': url => ['-B', '-i', '2', '-x', '24', '-s', '8192', '-t', 'POST', '-f', 'application/json',
        '-m', 'application/json', '-u', url],
    'slow read': url => ['-X', '-n', '2', '-z', '8', '-w', '8', '-y', '64', '-k', '1', '-m', 'application/json',
        '-u', `${url}?query=${large}`],
}

/** One question on a connection of its own; its milliseconds, or null if it was not answered. */
function ask(url, query) {
    return new Promise(done => {
        const began = performance.now()
        const body = JSON.stringify({ query })
        const asked = request(url, {
            method: 'POST', agent: false, timeout: PATIENCE_MILLISECONDS,
            headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        }, answer => {
            let text = ''
            answer.setEncoding('utf8').on('data', part => (text += part))
            answer.on('end', () => done(answer.statusCode === 200 && !text.includes('"errors"') ? performance.now() - began : null))
        })
        asked.on('timeout', () => asked.destroy())
        asked.on('error', () => done(null))
        asked.end(body)
    })
}

async function beside(url, mode) {
    // Spread over two thirds of the time: what is tried is how long they take, and not how much they ask for at once.
    const rate = String(Math.ceil(options.connections / options.seconds * 1.5))
    const args = ['-c', options.connections, '-r', rate, '-l', options.seconds, '-p', '10']
    const attack = mode && spawn('slowhttptest', [...args, ...MODES[mode](url)], { stdio: ['ignore', 'ignore', 'inherit'] })
    let failure = null
    attack?.on('error', ({ message }) => (failure = message))
    const questions = QUERIES.map(() => [])
    for (const end = performance.now() + options.seconds * 1000; performance.now() < end; await pause(PAUSE_MILLISECONDS)) {
        QUERIES.forEach((query, n) => questions[n].push(ask(url, query)))
    }
    const answers = await Promise.all(questions.map(asked => Promise.all(asked)))
    attack?.kill('SIGTERM')
    if (failure) throw new Refusal(`slowhttptest did not start: ${failure}. On Debian or Ubuntu: sudo apt-get install slowhttptest`)
    return answers
}

const quantile = (sorted, part) => sorted[Math.floor(part * (sorted.length - 1))]

async function measure(url) {
    for (let n = 0; n < 200; n++) await Promise.all(QUERIES.map(query => ask(url, query)))
    const lines = []
    let unserved = 0
    for (const mode of [null, ...Object.keys(MODES)]) {
        const answers = await beside(url, mode)
        answers.forEach((asked, n) => {
            const served = asked.filter(answer => answer !== null).sort((a, b) => a - b)
            unserved += asked.length - served.length
            lines.push([mode ?? 'nobody else', `\`${QUERIES[n]}\``, String(asked.length), String(asked.length - served.length),
                ...[0.5, 0.99, 1].map(part => (quantile(served, part) ?? NaN).toFixed(1))])
        })
    }
    say(`${options.connections} connections, ${options.seconds} s each\n`)
    say(table(['beside', 'asked', 'times', 'not served', 'p50 ms', 'p99 ms', 'longest ms'], lines))
    if (unserved > 0) throw new Refusal(`${unserved} questions were not answered.`)
}

let selvage
let postgres

async function measureOwn() {
    const tools = await requireTools()
    if (options.build) await build(tools.java)
    postgres = await Postgres.start({})
    const issuer = await startIssuer()
    await prepareData(postgres, { ...tools, issuer })
    selvage = await startSelvage({ ...tools, postgres, issuer })
    await measure(selvage.url)
}

await conclude(() => options.url ? measure(`${options.url}/graphql`) : measureOwn(), async () => {
    await selvage?.stop()
    await postgres?.stop()
})
