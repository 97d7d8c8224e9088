// Load by wrk, and what it costs.
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { endedChildrenTime, machineTime, processorTime } from './cpu.mjs'
import { requestsFor } from './operations.mjs'
import { here, Refusal, run, work } from './tools.mjs'

export const CLIENTS = 16

const bodies = new Map()

function bodiesFile(operation, server) {
    const requests = requestsFor(operation, server)
    if (!bodies.has(requests)) {
        mkdirSync(join(work, 'bodies'), { recursive: true })
        const file = join(work, 'bodies', `${operation.name}-${bodies.size}.txt`)
        writeFileSync(file, requests.join('\n') + '\n')
        bodies.set(requests, file)
    }
    return bodies.get(requests)
}

/** What the authorization header is: the peers are sent one too, and do not read it. */
export const authorization = (operation, tokens) => `Bearer ${tokens[operation.as]}`

/** Loads a server for some seconds. Any answer but a good one ends the run. */
export async function load({ server, operation, tokens, postgres, seconds, clients = CLIENTS, offset = 0 }) {
    const file = bodiesFile(operation, server)
    const times = () => [processorTime(server.pid), processorTime(postgres.pid), endedChildrenTime(), machineTime()]
    const before = times()
    const printed = await run('wrk', ['-t1', `-c${clients}`, `-d${seconds}s`, '--timeout', '10s', '--latency',
        '-s', join(here, 'load.lua'), server.url],
    { env: { BENCH_BODIES: file, BENCH_AUTHORIZATION: authorization(operation, tokens), BENCH_OFFSET: String(offset) } })
    const [own, database, wrk, machine] = times().map((time, n) => time - before[n])
    const result = /^RESULT (\d+) (\d+) (\S+) (\S+) (\d+) (\d+) (\d+) ?(.*)$/m.exec(printed)
    if (!result) throw new Refusal(`wrk printed no result:\n${printed}`)
    const [requests, microseconds, p50, p99, bytes, failures, faults] = result.slice(1, 8).map(Number)
    const who = `${server.name} (${server.processes}) at ${operation.name}`
    if (failures + faults > 0) throw new Refusal(`${who}: ${failures} failed, ${faults} were errors: ${result[8]}`)
    if (requests === 0) throw new Refusal(`${who} answered nothing in ${seconds} s.`)
    return {
        requests, p50, p99, bytes,
        rate: requests / (microseconds / 1e6),
        serverCpu: own / requests,
        postgresCpu: database / requests,
        // Whether the machine was quiet: what none of the three has used, as a part of all cores' time.
        others: Math.max(0, machine - own - database - wrk) / (seconds * 1000 * cpus().length),
    }
}
