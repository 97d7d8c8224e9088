// Where things are, programs that are run, and what of them must be installed.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, openSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'

export const here = import.meta.dirname
export const root = resolve(here, '../..')
/** Everything that a run makes, and nothing that it may not delete. */
export const work = join(root, 'target/bench')
mkdirSync(work, { recursive: true })

/** A sentence for whoever runs it, without a stack trace. */
export class Refusal extends Error {}

export const say = (...words) => console.log(...words)

/** Runs a program to its end and answers what it printed. */
export function run(program, args, { input, env, cwd = root, seconds = 600, onError } = {}) {
    return new Promise((done, failed) => {
        const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, timeout: seconds * 1000 })
        let out = ''
        let err = ''
        child.stdout.setEncoding('utf8').on('data', text => (out += text))
        child.stderr.setEncoding('utf8').on('data', text => {
            err += text
            onError?.(text)
        })
        child.on('error', failed)
        child.on('close', code => code === 0
            ? done(out)
            : failed(new Refusal(`${program} ${args.slice(0, 4).join(' ')} failed (${code}):\n${(err + out).slice(-2000)}`)))
        // A program that ends before it has read this says why by itself.
        child.stdin.on('error', () => {})
        child.stdin.end(input ?? '')
    })
}

/** Measures, stops what was started for it, and ends this process. */
export async function conclude(measure, stopAll) {
    let status = 0
    try {
        await measure()
    } catch (error) {
        console.error(error instanceof Refusal ? error.message : error)
        status = 1
    }
    await stopAll()
    process.exit(status)
}

const children = new Set()

/** Starts a server; it ends with this process at the latest. */
export function start(name, program, args, { env, cwd = root } = {}) {
    const log = openSync(join(work, `${name}.log`), 'w')
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', log, log] })
    children.add(child)
    child.on('exit', () => children.delete(child))
    return child
}

/** @param seconds until it is made to end */
export async function stop(child, seconds = 10) {
    if (child.exitCode === null && child.signalCode === null) {
        const gone = new Promise(done => child.once('exit', done))
        child.kill('SIGTERM')
        const late = setTimeout(() => child.kill('SIGKILL'), seconds * 1000)
        await gone
        clearTimeout(late)
    }
}

process.on('exit', () => children.forEach(child => child.kill('SIGKILL')))

export const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds))

/** Waits until something answers at the address. */
export async function answering(url, child, name, seconds = 180) {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; await pause(50)) {
        if (child.exitCode !== null) break
        const answer = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => null)
        await answer?.arrayBuffer().catch(() => null)
        if (answer && answer.status < 500) return
    }
    throw new Refusal(`${name} did not start: read ${join('target/bench', `${name}.log`)}.`)
}

export function freePort() {
    return new Promise(done => {
        const server = createServer().listen(0, '127.0.0.1', () => {
            const { port } = server.address()
            server.close(() => done(port))
        })
    })
}

const has = program => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0

/** program: what it is packaged in on Debian and Ubuntu */
const PACKAGES = {
    wrk: 'wrk', psql: 'postgresql-client', pgbench: 'postgresql-contrib', mvn: 'maven', npm: 'npm', xz: 'xz-utils',
    tar: 'tar', unzip: 'unzip',
}

/** Says what is missing, or installs it where that is allowed. */
export async function requireTools() {
    if (process.platform !== 'linux') throw new Refusal('This needs Linux: it reads processor time from /proc.')
    if (Number(process.versions.node.split('.')[0]) < 20) throw new Refusal('This needs Node.js 20 or newer.')
    const missing = Object.keys(PACKAGES).filter(program => !has(program))
    if (missing.length > 0) await install(missing)
    const java = findJdk()
    await npmPackages()
    return { java, node: peersNode() }
}

async function install(missing) {
    const packages = missing.map(program => PACKAGES[program]).join(' ')
    if (process.getuid() !== 0 || !has('apt-get')) {
        throw new Refusal(`This needs ${missing.join(', ')}; on Debian or Ubuntu: sudo apt-get install ${packages}`)
    }
    if (!existsSync('/etc/postgresql-common')) {
        // The package would start a cluster of its own, which would only be in the way.
        mkdirSync('/etc/postgresql-common', { recursive: true })
        writeFileSync('/etc/postgresql-common/createcluster.conf', 'create_main_cluster = false\n')
    }
    say(`installing ${packages}`)
    await run('apt-get', ['update', '-qq'])
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages.split(' ')],
        { env: { DEBIAN_FRONTEND: 'noninteractive' } })
    const still = missing.filter(program => !has(program))
    if (still.length > 0) throw new Refusal(`Installed ${packages}, and still there is no ${still.join(', ')}.`)
}

function findJdk() {
    const usual = existsSync('/usr/lib/jvm') ? readdirSync('/usr/lib/jvm').map(name => `/usr/lib/jvm/${name}`) : []
    for (const home of [process.env.JAVA_HOME, ...usual].filter(Boolean)) {
        const version = spawnSync(join(home, 'bin/javac'), ['-version'], { encoding: 'utf8' })
        if (/^javac (2[5-9]|[3-9]\d)/.test(`${version.stdout ?? ''}`)) return home
    }
    throw new Refusal('This needs a JDK 25: install one such as Temurin 25, or name its directory in JAVA_HOME.')
}

/** The peers and the Node.js they run on, as package-lock.json has them. */
async function npmPackages() {
    const lock = spawnSync('cksum', [join(here, 'package-lock.json')], { encoding: 'utf8' }).stdout
    const mark = join(here, 'node_modules/.bench')
    if (existsSync(mark) && spawnSync('cat', [mark], { encoding: 'utf8' }).stdout === lock) return
    say('installing the peers')
    await run('npm', ['ci', '--prefix', here, '--silent', '--no-audit', '--no-fund'])
    writeFileSync(mark, lock)
}

/** Not the one that runs this: PostGraphile needs a newer one, and no peer should have an old one. */
function peersNode() {
    const packaged = join(here, `node_modules/node-linux-${process.arch}/bin/node`)
    return existsSync(packaged) ? packaged : process.execPath
}
