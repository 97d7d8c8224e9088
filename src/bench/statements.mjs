// What Selvage sends to PostgreSQL, taken from the server's log, and the same statements sent by pgbench.
import { closeSync, mkdirSync, openSync, readdirSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { processorTime } from './cpu.mjs'
import { CLIENTS } from './load.mjs'
import { LOGS } from './postgres.mjs'
import { ask } from './same.mjs'
import { pause, Refusal, run, work } from './tools.mjs'

function logEnds() {
    return new Map(readdirSync(LOGS).filter(name => name.endsWith('.json'))
        .map(name => [name, statSync(join(LOGS, name)).size]))
}

function logSince(ends) {
    let text = ''
    for (const [name, size] of logEnds()) {
        const from = ends.get(name) ?? 0
        const bytes = Buffer.alloc(size - from)
        const file = openSync(join(LOGS, name), 'r')
        readSync(file, bytes, 0, bytes.length, from)
        closeSync(file)
        text += bytes.toString()
    }
    return text.split('\n').filter(line => line.endsWith('}')).map(line => JSON.parse(line))
}

/** The values of `Parameters: $1 = 'x', $2 = NULL`, as literals. */
function parameters(detail) {
    const values = []
    for (const [, n, value] of (detail ?? '').matchAll(/\$(\d+) = (NULL|'(?:[^']|'')*')/g)) values[n] = value
    return values
}

const isQuery = text => /^\s*(\/\*.*?\*\/)?\s*(SELECT|WITH)\b/i.test(text)
/** Who asks is looked up once in ten seconds, not at each request. */
const isSignIn = text => /\bissuer\b|bench-marker/.test(text)

/** The statements of each of some requests, in the order in which they were sent, with their values. */
export async function captureStatements(postgres, selvage, operation, tokens, samples = 60) {
    const log = value => postgres.psql('postgres',
        ['-c', `ALTER SYSTEM SET log_statement = '${value}'`, '-c', 'SELECT pg_reload_conf()'])
    await log('all')
    try {
        await pause(300)
        await ask(selvage, operation, tokens, 0)
        const step = Math.floor(operation.inputs.length / samples)
        const found = []
        for (let n = 0; n < samples; n++) {
            const ends = logEnds()
            await ask(selvage, operation, tokens, n * step)
            // The log is written by a process of its own; this line comes behind all of the request's.
            await postgres.psql('postgres', ['-c', `SELECT 'bench-marker ${n}'`])
            let lines = []
            for (let tries = 0; tries < 200; tries++) {
                lines = logSince(ends)
                if (lines.some(line => line.message.includes(`bench-marker ${n}`))) break
                await pause(10)
            }
            found.push(lines.filter(line => line.dbname === 'selvage').flatMap(statementsOf))
        }
        return found
    } finally {
        await log('none')
    }
}

/** Where a transaction takes its caller's identity, which pgbench has from the beginning. */
const isIdentity = text => text.startsWith("SELECT set_config('role'")

/** What is behind `execute name:`; SET and COMMIT are left out, as pgbench needs none. */
function statementsOf({ message, detail }) {
    const text = /^(?:execute [^:]*|statement): ([\s\S]*)$/.exec(message)?.[1]
    if (!text || !isQuery(text) || isIdentity(text) || isSignIn(text)) return []
    const values = parameters(detail)
    return [{ text, values, sql: text.replace(/\$(\d+)/g, (_, n) => values[n]) }]
}

/** Few enough that all connections have planned all of them in the warm-up. */
const SCRIPTS = 16

/** A script for each of the first samples. PostgreSQL plans each of their statements once for each connection, values and all. */
export function writeScripts(operation, samples) {
    const directory = join(work, 'pgbench', operation.name)
    rmSync(directory, { recursive: true, force: true })
    mkdirSync(directory, { recursive: true })
    const files = samples.slice(0, SCRIPTS).map((statements, n) => {
        if (statements.length === 0) throw new Refusal(`No statement of ${operation.name} was found in PostgreSQL's log.`)
        const file = join(directory, `${n}.sql`)
        writeFileSync(file, statements.map(({ sql }) => sql.replace(/\s+/g, ' ').trim() + ';\n').join(''))
        return file
    })
    return { files, statements: samples.reduce((sum, each) => sum + each.length, 0) / samples.length }
}

const ROLES = { admin: 'selvage_admin', customer: 'selvage_user' }

/** Seconds in which each connection plans each script's statements for the first time. */
const WARM_UP = 1

/** As the role and viewer of the operation, which the connection has from its beginning: no BEGIN, no SET, no COMMIT. */
export async function pgbench(postgres, operation, scripts, seconds) {
    const [{ id }] = await postgres.rows('selvage', `SELECT id FROM users WHERE subject = '${operation.as}'`)
    const args = ['-h', '127.0.0.1', '-p', String(postgres.port), '-U', 'selvage_login', '-n', '-M', 'prepared', '-P', '1',
        '-c', String(CLIENTS), '-j', '1', '-T', String(WARM_UP + seconds), ...scripts.files.flatMap(file => ['-f', file]), 'selvage']
    const env = { PGOPTIONS: `-c role=${ROLES[operation.as]} -c selvage.viewer=${id} -c selvage.scopes=` }
    let before = 0
    let told = ''
    // A line each second; the first ones are left out.
    const printed = await run('pgbench', args, { env, onError: text => {
        told += text
        if (before === 0 && progress(told).length >= WARM_UP) before = processorTime(postgres.pid)
    } })
    const rates = progress(told).slice(WARM_UP)
    if (rates.length === 0 || /aborted|failed transactions: [1-9]/.test(told + printed)) throw new Refusal(`pgbench: ${told}`)
    const rate = rates.reduce((sum, each) => sum + each, 0) / rates.length
    const requests = Math.round(rate * seconds)
    // Its connections end with it; one that ended while the time was being read would be in nobody's.
    await pause(500)
    return { requests, rate, postgresCpu: (processorTime(postgres.pid) - before) / requests }
}

const progress = text => [...text.matchAll(/^progress: [\d.]+ s, ([\d.]+) tps/gm)].map(([, rate]) => Number(rate))
