// Rows of measurements as tables, on the terminal and in RESULTS.md.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { CLIENTS } from './load.mjs'
import { here, root, say } from './tools.mjs'

const median = numbers => {
    const sorted = numbers.filter(number => number !== undefined).sort((a, b) => a - b)
    return sorted.length % 2 ? sorted[sorted.length >> 1] : (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2
}
const sum = numbers => numbers.reduce((total, number) => total + number, 0)

/** One line for each server: medians of the rounds, and processor time of all rounds together. */
function summary(operation, rows) {
    const of = new Map()
    for (const row of rows.filter(row => row.operation === operation.name)) {
        const key = `${row.server} ${row.processes}`
        of.set(key, [...(of.get(key) ?? []), row])
    }
    const lines = [...of.values()].map(rounds => {
        const requests = sum(rounds.map(row => row.requests))
        const cpu = name => rounds[0][name] === undefined ? undefined
            : sum(rounds.map(row => row[name] * row.requests)) / requests
        const line = {
            server: rounds[0].server,
            processes: rounds[0].processes,
            rate: median(rounds.map(row => row.rate)),
            p50: rounds[0].p50 === undefined ? undefined : median(rounds.map(row => row.p50)),
            p99: rounds[0].p99 === undefined ? undefined : median(rounds.map(row => row.p99)),
            serverCpu: cpu('serverCpu'),
            postgresCpu: cpu('postgresCpu'),
        }
        return { ...line, cpu: (line.serverCpu ?? 0) + line.postgresCpu }
    })
    const peers = lines.filter(line => line.server !== 'pgbench' && !line.server.startsWith('Selvage'))
    const bestRate = Math.max(...peers.map(line => line.rate))
    const leastCpu = Math.min(...peers.map(line => line.cpu))
    const pgbench = lines.find(line => line.server === 'pgbench')
    return lines.map(line => ({
        ...line,
        ofBestRate: line.rate / bestRate,
        ofLeastCpu: line === pgbench ? undefined : line.cpu / leastCpu,
        ofPgbench: pgbench && line.rate / pgbench.rate,
    })).sort((a, b) => b.rate - a.rate)
}

const HEAD = ['server', 'processes', 'requests/s', 'p50 ms', 'p99 ms', 'server CPU ms', 'PostgreSQL CPU ms', 'requests/s ÷ best peer',
    'CPU ÷ best peer', 'requests/s ÷ pgbench']

function cells(line) {
    const digits = (number, places) => (number === undefined || !Number.isFinite(number) ? '' : number.toFixed(places))
    return [line.server.startsWith('Selvage') ? `**${line.server}**` : line.server, line.server === 'pgbench' ? '' : String(line.processes),
        digits(line.rate, 0), digits(line.p50, 1), digits(line.p99, 1), digits(line.serverCpu, 2), digits(line.postgresCpu, 2),
        digits(line.ofBestRate, 2), digits(line.ofLeastCpu, 2), digits(line.ofPgbench, 2)]
}

export function table(head, lines) {
    const widths = head.map((name, n) => Math.max(name.length, ...lines.map(line => line[n].length)))
    const row = line => `| ${line.map((cell, n) => (n === 0 ? cell.padEnd(widths[n]) : cell.padStart(widths[n]))).join(' | ')} |`
    return [row(head), `|${widths.map((width, n) => '-'.repeat(width + 1) + (n === 0 ? '-' : ':')).join('|')}|`, ...lines.map(row)]
        .join('\n')
}

const tableOf = (operation, rows) => table(HEAD, summary(operation, rows).map(cells))

export function print(operation, rows) {
    say(`\n${operation.name}: ${operation.title}\n${tableOf(operation, rows)}`)
}

/** Where it was measured: numbers of another machine, or of other versions, are other numbers. */
export function surroundings({ node, java }) {
    const first = (program, args) => execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).split('\n')[0]
    const of = name => JSON.parse(readFileSync(join(here, 'node_modules', name, 'package.json'), 'utf8')).version
    const pom = readFileSync(join(root, 'pom.xml'), 'utf8')
    const jdk = readFileSync(join(java, 'release'), 'utf8')
    const commit = first('git', ['-C', root, 'rev-parse', '--short', 'HEAD'])
    const changed = first('git', ['-C', root, 'status', '--porcelain', '--', 'src/main', 'db', 'graphql', 'pom.xml']) ? ', changed' : ''
    return `${new Date().toISOString().slice(0, 10)}, commit ${commit}${changed}. ${cpus().length} cores of ${cpus()[0].model.trim()},`
        + ` ${Math.round(totalmem() / 2 ** 30)} GiB.`
        + ` PostgreSQL ${/<embedded-postgres-binaries.version>(.*?)\.0</.exec(pom)[1]},`
        + ` JDK ${/JAVA_RUNTIME_VERSION="(.*?)"/.exec(jdk)?.[1] ?? /JAVA_VERSION="(.*?)"/.exec(jdk)[1]},`
        + ` Node.js ${first(node, ['--version']).slice(1)};`
        + ` Mercurius ${of('mercurius')}, GraphQL Yoga ${of('graphql-yoga')} with graphql-jit ${of('graphql-jit')},`
        + ` Apollo Server ${of('@apollo/server')}, PostGraphile ${of('postgraphile')}, graphql ${of('graphql')}, pg ${of('pg')};`
        + ` pgbench ${/\d[\d.]*/.exec(first('pgbench', ['--version']))[0]}.`
}

/** Puts a text into its part of RESULTS.md and leaves the other part alone. */
export function saveSection(name, text) {
    const file = join(here, 'RESULTS.md')
    const old = existsSync(file) ? readFileSync(file, 'utf8') : '# Results\n'
    const begin = `<!-- begin ${name} -->`
    const end = `<!-- end ${name} -->`
    const section = `${begin}\n${text}\n${end}`
    const at = old.indexOf(begin)
    writeFileSync(file, at < 0 ? `${old.trimEnd()}\n\n${section}\n`
        : old.slice(0, at) + section + old.slice(old.indexOf(end) + end.length))
}

/** Numbers of a busy machine are of little worth, so that is said with them. */
export function quietness(rows) {
    const others = rows.map(row => row.others).filter(part => part !== undefined)
    const percent = part => `${(100 * part).toFixed(0)} %`
    return `Other programs took ${percent(median(others))} of the machine meanwhile, at most ${percent(Math.max(...others))}.`
}

export function save(operations, rows, { plan, full, ...tools }) {
    const text = `## Comparison

${surroundings(tools)}

    node src/bench/compare.mjs ${full ? '--full' : '--short'} --save

${CLIENTS} clients, ${plan.rounds} rounds of ${plan.each} s each; medians of the rounds, processor time of all of them per request.
${quietness(rows)}
${full ? '' : 'Each peer runs as one process or as two, whichever did better in the warm-up.\n'}
${METHOD}
${operations.map(operation => `### ${operation.name}: ${operation.title}

${tableOf(operation, rows)}

An answer has ${operation.values} values on average; Selvage sends ${operation.scripts.statements.toFixed(1)} statements for it.`).join('\n\n')}
`
    saveSection('compare', text)
    const columns = ['operation', 'server', 'processes', 'round', 'requests', 'rate', 'p50', 'p99', 'bytes', 'serverCpu', 'postgresCpu', 'others']
    mkdirSync(join(here, 'results'), { recursive: true })
    writeFileSync(join(here, 'results/raw.csv'), [columns, ...rows.map(row => columns.map(name => {
        const value = row[name]
        return typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(4) : value ?? ''
    }))].map(line => line.join(',') + '\n').join(''))
    say('\nsaved: src/bench/RESULTS.md and src/bench/results/raw.csv')
}

const METHOD = readFileSync(join(here, 'METHOD.md'), 'utf8')
