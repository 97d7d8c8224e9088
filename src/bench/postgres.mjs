// A PostgreSQL server of this benchmark's own: the version that the product brings along, with usual production settings.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { freePort, pause, Refusal, root, run, start, work } from './tools.mjs'

const DATA = join(work, 'postgres')
const PROGRAMS = join(work, 'postgres-programs')
export const LOGS = join(DATA, 'log')

const SETTINGS = {
    shared_buffers: '512MB',
    effective_cache_size: '2GB',
    // Every server keeps its connections while another one is measured.
    max_connections: 300,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // As JSON, because statements.mjs reads statements from it.
    logging_collector: 'on',
    log_destination: 'jsonlog',
}

/** PostgreSQL refuses to run as root; in a user namespace it is nobody. */
const unprivileged = (program, args) => process.getuid() === 0 ? ['unshare', ['-U', program, ...args]] : [program, args]

function packagedBinaries() {
    const kind = process.arch === 'arm64' ? 'linux-arm64v8' : 'linux-amd64'
    const version = /<embedded-postgres-binaries.version>(.*?)</.exec(readFileSync(join(root, 'pom.xml'), 'utf8'))[1]
    const name = `embedded-postgres-binaries-${kind}`
    const jar = join(process.env.MAVEN_REPO ?? join(homedir(), '.m2/repository'), 'io/zonky/test/postgres', name, version,
        `${name}-${version}.jar`)
    if (!existsSync(jar)) throw new Refusal(`Maven has not brought ${name} ${version}: name its repository in MAVEN_REPO.`)
    return { jar, version }
}

async function unpack() {
    const { jar, version } = packagedBinaries()
    const directory = join(PROGRAMS, version)
    if (!existsSync(join(directory, 'whole'))) {
        rmSync(directory, { recursive: true, force: true })
        mkdirSync(directory, { recursive: true })
        await run('unzip', ['-q', jar, '*.txz', '-d', directory])
        const archive = readdirSync(directory).find(file => file.endsWith('.txz'))
        await run('tar', ['-xJf', join(directory, archive), '-C', directory])
        rmSync(join(directory, archive))
        writeFileSync(join(directory, 'whole'), '')
    }
    return join(directory, 'bin')
}

/** What the data were made of: other migrations or other data make the cluster anew. */
function recipe() {
    const hash = createHash('sha256')
    for (const directory of ['db/migration', 'db/policy', 'src/bench/peers']) {
        for (const file of readdirSync(join(root, directory)).filter(name => name.endsWith('.sql')).sort()) {
            hash.update(readFileSync(join(root, directory, file)))
        }
    }
    return hash.update(readFileSync(join(root, 'src/test/resources/large-data.sql'))).digest('hex')
}

export class Postgres {
    /** Starts the server, and says in `made` whether it has all data of an earlier run. */
    static async start({ fresh }) {
        const programs = await unpack()
        const mark = join(work, 'postgres-made')
        const made = !fresh && existsSync(mark) && readFileSync(mark, 'utf8') === recipe()
        await stopLeftOver()
        if (!made) {
            rmSync(DATA, { recursive: true, force: true })
            rmSync(mark, { force: true })
            const [program, args] = unprivileged(join(programs, 'initdb'), ['-D', DATA, '-U', 'postgres', '-A', 'trust',
                '-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'])
            await run(program, args)
        }
        const port = await freePort()
        const [program, args] = unprivileged(join(programs, 'postgres'),
            ['-D', DATA, '-p', port, ...Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`])])
        const server = new Postgres(start('postgres', program, args.map(String)), port, made)
        await server.answering()
        return server
    }

    constructor(process, port, made) {
        this.process = process
        this.port = port
        this.made = made
    }

    /** unshare and postgres are one process: the first becomes the second. */
    get pid() {
        return this.process.pid
    }

    async answering() {
        for (let tries = 0; tries < 300; tries++) {
            if (this.process.exitCode !== null) break
            if (await this.rows('postgres', 'SELECT 1').catch(() => null)) return
            await pause(100)
        }
        throw new Refusal(`PostgreSQL did not start: read ${LOGS} and target/bench/postgres.log.`)
    }

    psql(database, args, { user = 'postgres', input, options = '' } = {}) {
        return run('psql', ['-h', '127.0.0.1', '-p', String(this.port), '-U', user, '-d', database, '-X', '-q',
            '-v', 'ON_ERROR_STOP=1', ...args],
        { input, seconds: 3600, env: { PGOPTIONS: `-c client_min_messages=warning ${options}` } })
    }

    file(database, path, user) {
        return this.psql(database, ['-1', '-f', join(root, path)], { user })
    }

    /** The rows of a query, each an object. */
    async rows(database, query) {
        const text = await this.psql(database, ['-At'], { input: `SELECT to_json(q) FROM (${query}) q;` })
        return text.split('\n').filter(Boolean).map(line => JSON.parse(line))
    }

    markMade() {
        writeFileSync(join(work, 'postgres-made'), recipe())
    }

    async stop() {
        // The fast shutdown, by its number: its children belong to it.
        this.process.kill('SIGINT')
        for (let tries = 0; tries < 300 && this.process.exitCode === null && this.process.signalCode === null; tries++) {
            await pause(100)
        }
    }
}

/** A run that was killed leaves its server behind; the file names it, and its command line says that it is ours. */
async function stopLeftOver() {
    const file = join(DATA, 'postmaster.pid')
    if (!existsSync(file)) return
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
    for (let tries = 0; tries < 300; tries++) {
        const line = `/proc/${pid}/cmdline`
        if (!existsSync(line) || !readFileSync(line, 'utf8').includes(DATA)) return
        if (tries === 0) process.kill(pid, 'SIGINT')
        await pause(100)
    }
    throw new Refusal(`PostgreSQL of an earlier run does not stop: end its process ${pid}, then start again.`)
}
