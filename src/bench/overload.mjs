// node src/bench/overload.mjs [--seconds 60] [--times 10] [--no-build]: a shipped document, asked for at ten times the rate that it
// can be answered at, whether the answers come or not.
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { processorTime, residentMemory } from './cpu.mjs'
import { prepareData } from './data.mjs'
import { startIssuer } from './issuer.mjs'
import { idOf } from './operations.mjs'
import { Postgres } from './postgres.mjs'
import { table } from './report.mjs'
import { build, startSelvage } from './selvage.mjs'
import { conclude, pause, Refusal, requireTools, root, say } from './tools.mjs'

const { values: options } = parseArgs({
    options: { seconds: { type: 'string', default: '60' }, times: { type: 'string', default: '10' }, build: { type: 'boolean', default: true } },
    allowNegative: true,
})

/** The shipped documents that anybody's lists are long in, each at its dearest; the slowest of them is what is asked for. */
const DOCUMENTS = {
    EventsWithItems: { first: 100, owners: true },
    BrowseFabrics: { first: 100 },
    FindConsignors: {},
    SalesByMonth: {},
    SearchEverything: { words: 'cotton' },
    SearchItems: { words: 'jacket' },
}
const CLIENTS = 16
const CAPACITY_SECONDS = 10
const TICK_MILLISECONDS = 5
/** Connections that may wait for an answer; whoever finds none is counted as late. */
const MOST_CONNECTIONS = 4000

const quantile = (sorted, part) => sorted[Math.floor(part * (sorted.length - 1))] ?? NaN
const median = values => quantile([...values].sort((a, b) => a - b), 0.5)

function documentId(name) {
    return idOf(readFileSync(join(root, 'graphql/documents', `${name}.graphql`), 'utf8'))
}

function requestOf(url, name, token) {
    const { host } = new URL(url)
    const body = JSON.stringify({ documentId: documentId(name), variables: DOCUMENTS[name] })
    return Buffer.from(`POST /graphql HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n`
        + `Accept: application/graphql-response+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
}

/** Connections that are asked one thing at a time. An HTTP client of Node.js would take more of the machine than the gateway. */
class Connections {
    constructor(url) {
        const { hostname, port } = new URL(url)
        this.address = { host: hostname, port: Number(port) }
        this.free = []
        this.open = 0
    }

    /** @param answered is told the status, 0 if the connection was lost, and the first bytes of the answer */
    ask(request, answered) {
        const connection = this.free.pop() ?? (this.open < MOST_CONNECTIONS ? this.#opened() : null)
        if (!connection) return false
        connection.answered = answered
        connection.left = -1
        connection.write(request)
        return true
    }

    #opened() {
        this.open++
        const connection = connect(this.address)
        connection.setNoDelay(true)
        connection.on('data', part => this.#take(connection, part))
        connection.on('error', () => {})
        connection.on('close', () => {
            this.open--
            this.free = this.free.filter(other => other !== connection)
            this.#tell(connection, 0, '')
        })
        return connection
    }

    #tell(connection, status, start) {
        const answered = connection.answered
        connection.answered = null
        answered?.(status, start)
    }

    #take(connection, part) {
        if (connection.left < 0) {
            // The gateway sends the head of an answer whole.
            const end = part.indexOf('\r\n\r\n')
            const head = part.latin1Slice(0, end)
            connection.left = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0) + end + 4
            connection.status = Number(head.slice(9, 12))
            connection.start = part.latin1Slice(end + 4, end + 54)
        }
        connection.left -= part.length
        if (connection.left <= 0) {
            this.free.push(connection)
            this.#tell(connection, connection.status, connection.start)
        }
    }

    close() {
        this.free.forEach(connection => connection.destroy())
    }
}

const isAnswer = (status, start) => status === 200 && start.startsWith('{"data":{')

/** Requests a second when so many clients ask again as soon as they have their answers. */
async function capacity(url, request, seconds) {
    const connections = new Connections(url)
    let answers = 0
    let failure = null
    const end = performance.now() + seconds * 1000
    const began = performance.now()
    await Promise.all(Array.from({ length: CLIENTS }, () => new Promise(done => {
        const again = () => performance.now() < end && !failure
            ? connections.ask(request, (status, start) => {
                if (isAnswer(status, start)) answers++
                else failure = `${status} ${start}`
                again()
            })
            : done()
        again()
    })))
    connections.close()
    if (failure) throw new Refusal(`This was not answered: ${failure}`)
    return answers / (performance.now() - began) * 1000
}

/** Asks at a rate, and never waits for an answer before it asks again. */
async function overload(url, request, rate, seconds, selvage) {
    const connections = new Connections(url)
    const accepted = []
    const refused = []
    const others = new Map()
    const memory = []
    let late = 0
    let due = 0
    const busy = process.cpuUsage()
    const began = performance.now()
    for (let now = began; now < began + seconds * 1000; now = performance.now()) {
        for (const until = (now - began) * rate / 1000; due < until; due++) {
            const from = performance.now()
            const sent = connections.ask(request, (status, start) => {
                const took = performance.now() - from
                if (isAnswer(status, start)) accepted.push(took)
                else if (status === 503) refused.push(took)
                else others.set(status, (others.get(status) ?? 0) + 1)
            })
            if (!sent) late++
        }
        if (memory.length < (now - began) / 5000) memory.push(residentMemory(selvage.pid))
        await pause(TICK_MILLISECONDS)
    }
    const took = (performance.now() - began) / 1000
    const { user, system } = process.cpuUsage(busy)
    const recovery = await recovered(url, request)
    connections.close()
    return { asked: due, accepted, refused, others, late, memory, rate: accepted.length / took, generator: (user + system) / 1e6 / took, recovery }
}

/** Seconds until twenty in a row are answered, each in less than a second. */
async function recovered(url, request) {
    const began = performance.now()
    const connections = new Connections(url)
    let last = 0
    for (let good = 0; good < 20;) {
        if (performance.now() - began > 60_000) return Infinity
        const from = performance.now()
        const answered = await new Promise(done => connections.ask(request, (...answer) => done(isAnswer(...answer))))
        const isGood = answered && performance.now() - from < 1000
        if (good === 0) last = performance.now()
        good = isGood ? good + 1 : 0
        if (!isGood) await pause(20)
    }
    connections.close()
    return (last - began) / 1000
}

let selvage
let postgres

async function measure() {
    const tools = await requireTools()
    if (options.build) await build(tools.java)
    postgres = await Postgres.start({})
    const issuer = await startIssuer()
    await prepareData(postgres, { ...tools, issuer })
    selvage = await startSelvage({ ...tools, postgres, issuer })
    const token = issuer.token('admin')

    const rates = []
    for (const name of Object.keys(DOCUMENTS)) {
        const request = requestOf(selvage.url, name, token)
        await capacity(selvage.url, request, CAPACITY_SECONDS / 2)
        rates.push([await capacity(selvage.url, request, CAPACITY_SECONDS), name, request])
    }
    rates.sort(([a], [b]) => a - b)
    say(table(['shipped document', 'requests/s'], rates.map(([rate, name]) => [name, rate.toFixed(0)])))
    const [rate, name, request] = rates[0]
    const cpu = processorTime(selvage.pid)
    const seen = await overload(selvage.url, request, rate * options.times, Number(options.seconds), selvage)
    const after = await capacity(selvage.url, request, CAPACITY_SECONDS)

    const flat = seen.memory.map(mebibytes => mebibytes.toFixed(0)).join(' ')
    say(`\n${name}, ${options.times} times ${rate.toFixed(0)}/s for ${options.seconds} s\n`)
    say(table(['', ''], [
        ['asked', String(seen.asked)],
        ['answered', `${seen.accepted.length}, ${seen.rate.toFixed(0)}/s, ${(seen.rate / rate * 100).toFixed(0)} % of the capacity`],
        ['p50, p99 of answers', `${median(seen.accepted).toFixed(0)} ms, ${quantile(seen.accepted.sort((a, b) => a - b), 0.99).toFixed(0)} ms`],
        ['refused with 503', String(seen.refused.length)],
        ['p50, p99 of refusals', `${median(seen.refused).toFixed(1)} ms, ${quantile(seen.refused.sort((a, b) => a - b), 0.99).toFixed(0)} ms`],
        ['otherwise', [...seen.others].map(([status, times]) => `${times} × ${status}`).join(', ') || 'none'],
        [`more than ${MOST_CONNECTIONS} on their way`, String(seen.late)],
        ['resident memory, each 5 s, MiB', flat],
        ['the load itself', `${seen.generator.toFixed(2)} of a core`],
        ['the gateway', `${((processorTime(selvage.pid) - cpu) / 1000).toFixed(0)} s of processor time, with the capacity afterwards`],
        ['normal service after', `${seen.recovery.toFixed(2)} s`],
        ['capacity afterwards', `${after.toFixed(0)}/s`],
    ]))
}

await conclude(measure, async () => {
    await selvage?.stop()
    await postgres?.stop()
})
