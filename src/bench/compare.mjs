// node src/bench/compare.mjs [--short | --full] [--save] [--only item,sales] [--peers mercurius,yoga] [--fresh] [--no-build] [--keep]
import { parseArgs } from 'node:util'
import { prepareData } from './data.mjs'
import { startIssuer } from './issuer.mjs'
import { load } from './load.mjs'
import { readOperations } from './operations.mjs'
import { PEERS, startPeer } from './peers.mjs'
import { Postgres } from './postgres.mjs'
import { print, quietness, save } from './report.mjs'
import { checkSame } from './same.mjs'
import { build, publish, startSelvage } from './selvage.mjs'
import { captureStatements, pgbench, writeScripts } from './statements.mjs'
import { conclude, requireTools, say } from './tools.mjs'

const { values: options } = parseArgs({
    options: {
        short: { type: 'boolean' }, full: { type: 'boolean' }, save: { type: 'boolean' }, fresh: { type: 'boolean' },
        keep: { type: 'boolean' }, build: { type: 'boolean', default: true }, only: { type: 'string' }, peers: { type: 'string' },
        seconds: { type: 'string' },
    },
    allowNegative: true,
})

/** Seconds. Selvage warms up longer: a JVM compiles later than V8. */
const PLAN = options.full
    ? { warmUp: 10, warmUpSelvage: 20, rounds: 5, each: 10, pgbench: 10 }
    : { warmUp: 1, warmUpSelvage: 6, rounds: 3, each: 2, pgbench: 1 }
if (options.seconds) Object.assign(PLAN, { warmUp: 1, warmUpSelvage: 1, each: Number(options.seconds) })

const servers = []
let postgres

async function measure() {
    const tools = await requireTools()
    if (options.build) {
        say('building Selvage')
        await build(tools.java)
    }
    postgres = await Postgres.start({ fresh: options.fresh })
    const issuer = await startIssuer()
    await prepareData(postgres, { ...tools, issuer })
    const tokens = { customer: issuer.token('customer'), admin: issuer.token('admin') }
    const operations = await readOperations(postgres, options.only?.split(','))

    say('starting all servers')
    const selvage = await startSelvage({ ...tools, postgres, issuer })
    await publish(selvage, operations.map(({ document }) => document), tokens.admin)
    const byId = { ...selvage, name: 'Selvage, by id', byId: true, stop: () => {} }
    servers.push(selvage, byId)
    for (const peer of options.peers?.split(',') ?? Object.keys(PEERS)) {
        for (const processes of [1, 2]) servers.push(await startPeer({ ...tools, peer, processes, postgres }))
    }

    for (const operation of operations) {
        operation.values = await checkSame(servers, operation, tokens)
        operation.scripts = writeScripts(operation, await captureStatements(postgres, selvage, operation, tokens))
        say(`${operation.name}: all servers answer the same ${operation.values} values;`
            + ` Selvage sends ${operation.scripts.statements.toFixed(1)} statements`)
    }

    const loaded = (server, operation, seconds, offset) => load({ server, operation, tokens, postgres, seconds, offset })
    say('warming up')
    const tried = new Map()
    for (const operation of operations) {
        for (const server of servers) {
            const found = await loaded(server, operation, server.pid === selvage.pid ? PLAN.warmUpSelvage : PLAN.warmUp, 0)
            tried.set(`${operation.name} ${server.name} ${server.processes}`, found.rate)
        }
    }
    const rows = []
    for (const operation of operations) {
        const measured = options.full ? servers : servers.filter(server => isBetter(server, operation, tried))
        for (let round = 0; round < PLAN.rounds; round++) {
            for (const server of measured) {
                const row = await loaded(server, operation, PLAN.each, (round + 1) * 613)
                rows.push({ operation: operation.name, server: server.name, processes: server.processes, round, ...row })
            }
            const row = await pgbench(postgres, operation, operation.scripts, PLAN.pgbench)
            rows.push({ operation: operation.name, server: 'pgbench', processes: 1, round, ...row })
        }
        print(operation, rows)
    }
    say(`\n${quietness(rows)}`)
    if (options.save) save(operations, rows, { plan: PLAN, full: options.full, node: tools.node, java: tools.java })
}

/** A short run measures each peer as one process or as two, whichever did better in the warm-up. */
function isBetter(server, operation, tried) {
    const rate = processes => tried.get(`${operation.name} ${server.name} ${processes}`) ?? 0
    return rate(server.processes) >= rate(3 - server.processes)
}

async function end() {
    if (options.keep) {
        say(`kept: ${servers.map(({ name, processes, url }) => `${name} (${processes}) ${url}`).join(', ')}; PostgreSQL at port`
            + ` ${postgres?.port}. Ctrl-C ends them.`)
        await new Promise(done => process.once('SIGINT', done))
    }
    await Promise.all(servers.map(server => server.stop()))
    await postgres?.stop()
}

for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, async () => {
        options.keep = false
        await end()
        process.exit(130)
    })
}
await conclude(measure, end)
