// node src/bench/growth.mjs [--save] [--no-build] [--seconds 5] [--only pages,starts]
//     [--fresh] [--no-tenfold]: Selvage alone, and what grows with what.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { residentMemory } from './cpu.mjs'
import { adopt, fill, prepareData } from './data.mjs'
import { startIssuer } from './issuer.mjs'
import { load } from './load.mjs'
import { readOperations } from './operations.mjs'
import { Postgres } from './postgres.mjs'
import { saveSection, surroundings, table } from './report.mjs'
import { ask } from './same.mjs'
import { build, jar, startSelvage } from './selvage.mjs'
import { captureStatements } from './statements.mjs'
import { conclude, requireTools, run, say, work } from './tools.mjs'

const { values: options } = parseArgs({
    options: {
        save: { type: 'boolean' }, build: { type: 'boolean', default: true }, fresh: { type: 'boolean' },
        only: { type: 'string' }, seconds: { type: 'string', default: '5' }, tenfold: { type: 'boolean', default: true },
    },
    allowNegative: true,
})
const SECONDS = Number(options.seconds)

const document = (name, query, inputs) => ({
    name, as: 'admin', inputs, requests: inputs.map(variables => JSON.stringify({ query, variables })),
})

const pages = first => document(`page-${first}`,
    '{ inventoryItems(first: FIRST) { nodes { id name price { amount } status createdAt consignor { id name } } } }'
        .replace('FIRST', first), [{}])

/** Lists below lists would multiply; one record of each below the other shows what a level costs. */
function nested(depth) {
    const levels = ['event', 'inventoryItems(first: 1) { nodes {', 'consignor', 'inventoryItems(first: 1) { nodes {']
    let query = 'id name'
    for (let level = depth; level > 1; level--) {
        const field = levels[level % 4]
        query = field.includes('nodes') ? `id name ${field} ${query} } }` : `id name ${field} { ${query} }`
    }
    return document(`depth-${depth}`, `{ inventoryItems(first: 20) { nodes { ${query} } } }`, [{}])
}

const HEAD = ['requests/s', 'p50 ms', 'p99 ms', 'server CPU ms', 'PostgreSQL CPU ms']
const cells = row => [row.rate.toFixed(0), row.p50.toFixed(1), row.p99.toFixed(1), row.serverCpu.toFixed(2), row.postgresCpu.toFixed(2)]

let postgres
let selvage
const parts = []

const wanted = name => !options.only || options.only.split(',').includes(name)

async function part(name, title, make) {
    if (!wanted(name)) return
    const text = await make()
    say(`\n${title}\n${text}`)
    parts.push(`### ${title}\n\n${text}`)
}

async function measure() {
    const tools = await requireTools()
    if (options.build) await build(tools.java)
    postgres = await Postgres.start({ fresh: options.fresh })
    const issuer = await startIssuer()
    await prepareData(postgres, { ...tools, issuer })
    if (options.tenfold && wanted('rows')) await tenfold(tools, issuer)
    const tokens = { customer: issuer.token('customer'), admin: issuer.token('admin') }
    const operations = await readOperations(postgres)
    const of = (operation, seconds = SECONDS, more = {}) => load({ server: selvage, operation, tokens, postgres, seconds, ...more })
    const warm = async what => {
        for (const operation of what) {
            // One by one at first: a JVM that has loaded nothing yet may take seconds over sixteen at once.
            for (let n = 0; n < 20; n++) await ask(selvage, operation, tokens, n % operation.requests.length)
            await of(operation, 2 * SECONDS)
        }
    }

    selvage = await startSelvage({ ...tools, postgres, issuer, env: { SPRING_R2DBC_POOL_MAXACQUIRETIME: '20s' } })
    const sizes = [1, 10, 25, 50, 100].map(size => [size, pages(size)])
    const depths = [1, 2, 3, 4, 5, 6].map(depth => [depth, nested(depth)])
    if (options.only !== 'starts') await warm([...operations, sizes[4][1], depths[5][1]])

    const series = async (head, all, more = () => ({})) => {
        const lines = []
        for (const [label, operation] of all) lines.push([String(label), ...cells(await of(operation, SECONDS, more(label)))])
        return table([head, ...HEAD], lines)
    }
    await part('pages', 'Page size: items with their owners', () => series('items', sizes))
    await part('depth', 'Depth: items, their owner, the owner\'s first item, its event, and so on', () => series('levels', depths))
    const sales = operations.find(({ name }) => name === 'sales')
    const crowds = [1, 4, 16, 64, 256].map(clients => [clients, sales])
    await part('clients', 'Clients: `sales`', () => series('clients', crowds, clients => ({ clients })))
    await part('statements', 'Statements of an operation, the least and the most of 20 samples', () => counts(operations, tokens))
    await part('rows', 'Rows: the large data, and ten times as many', () => rowsTable(operations, of, warm, tools, issuer))
    const customers = operations.find(({ name }) => name === 'customers')
    await part('memory', `Memory, before and after ${12 * SECONDS} s of \`customers\``, () => memory(customers, of, tools))
    await part('starts', 'Time until it answers', () => starts(tools, issuer))
    if (options.save) {
        saveSection('growth', `## Growth: Selvage alone\n\n${surroundings(tools)}\n\n    node src/bench/growth.mjs --save\n\n`
            + `${SECONDS} s for each line, 16 clients where nothing else is said. Selvage has 20 connections; who finds none free waits here,\n`
            + `as \`spring.r2dbc.pool.max-acquire-time\` is 20 s and not half a second.\n\n${parts.join('\n\n')}\n`)
    }
}

async function counts(operations, tokens) {
    const lines = []
    for (const operation of operations) {
        const found = (await captureStatements(postgres, selvage, operation, tokens, 20)).map(({ length }) => length)
        lines.push([operation.name, String(Math.min(...found)), String(Math.max(...found))])
    }
    return table(['operation', 'least', 'most'], lines)
}

async function tenfold(tools, issuer) {
    const [{ found }] = await postgres.rows('postgres', "SELECT count(*) AS found FROM pg_database WHERE datname = 'large10'")
    if (found === 0) {
        // Under another name until it is whole.
        await postgres.psql('postgres', ['-c', 'DROP DATABASE IF EXISTS large10_unfinished WITH (FORCE)'])
        await fill(postgres, { ...tools, issuer, database: 'large10_unfinished', factor: 10 })
        await postgres.psql('postgres', ['-c', 'ALTER DATABASE large10_unfinished RENAME TO large10'])
    }
    await adopt(postgres, issuer, 'large10')
}

async function rowsTable(operations, of, warm, tools, issuer) {
    const lines = new Map()
    for (const [label, database] of [['×1', 'selvage'], ...(options.tenfold ? [['×10', 'large10']] : [])]) {
        if (label === '×10') {
            await selvage.stop()
            selvage = await startSelvage({ ...tools, postgres, issuer, database, name: 'selvage-large10' })
        }
        const asked = label === '×10' ? await readOperations(postgres, undefined, database) : operations
        if (label === '×10') await warm(asked)
        for (const operation of asked) {
            lines.set(operation.name, [...(lines.get(operation.name) ?? []), [operation.name, label, ...cells(await of(operation))]])
        }
    }
    return table(['operation', 'rows', ...HEAD], [...lines.values()].flat())
}

/** Resident memory as the system sees it, and what the heap still holds after a full collection. */
async function memory(operation, of, tools) {
    const heap = async () => {
        await run(join(tools.java, 'bin/jcmd'), [String(selvage.pid), 'GC.run'])
        const info = await run(join(tools.java, 'bin/jcmd'), [String(selvage.pid), 'GC.heap_info'])
        return [...info.matchAll(/used (\d+)K/g)].map(([, kilobytes]) => Number(kilobytes) / 1024)[0]
    }
    const line = async label => [label, residentMemory(selvage.pid).toFixed(0), (await heap()).toFixed(0)]
    const before = await line('before')
    await of(operation, 12 * SECONDS)
    return table(['', 'resident MiB', 'heap after collection MiB'], [before, await line('after')])
}

/** The jar as it is; taken apart, which the cache needs; and with a cache of a run before. */
async function starts(tools, issuer) {
    await selvage.stop()
    const directory = join(work, 'extracted')
    rmSync(directory, { recursive: true, force: true })
    mkdirSync(directory)
    execFileSync(join(tools.java, 'bin/java'), ['-Djarmode=tools', '-jar', jar(), 'extract', '--destination', directory])
    const program = join(directory, jar().split('/').at(-1))
    const cache = join(work, 'selvage.aot')
    rmSync(cache, { force: true })
    const once = async (label, flags, path) => {
        const took = []
        for (let n = 0; n < 3; n++) {
            selvage = await startSelvage({ ...tools, postgres, issuer, name: 'start', flags, program: path })
            took.push(selvage.startMilliseconds)
            await selvage.stop()
        }
        return [label, took.sort((a, b) => a - b)[1].toFixed(0)]
    }
    const lines = [await once('the jar', [], jar()), await once('taken apart', [], program)]
    // It writes the cache when it ends.
    const trained = await startSelvage({ ...tools, postgres, issuer, name: 'train', flags: [`-XX:AOTCacheOutput=${cache}`], program })
    await trained.stop(60)
    lines.push(await once('taken apart, with `-XX:AOTCache`', [`-XX:AOTCache=${cache}`], program))
    return table(['', 'ms, median of 3'], lines)
}

await conclude(measure, async () => {
    await selvage?.stop()
    await postgres?.stop()
})
