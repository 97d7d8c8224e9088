// Selvage as it is shipped: the packaged jar, its own login role, row security, tokens checked.
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { CLIENT } from './issuer.mjs'
import { idOf } from './operations.mjs'
import { answering, freePort, Refusal, root, run, start, stop, work } from './tools.mjs'

export async function build(java) {
    await run('mvn', ['-B', '-ntp', '-q', '-DskipTests', 'package'], { env: { JAVA_HOME: java }, seconds: 1200 })
    return jar()
}

export function jar() {
    const target = join(root, 'target')
    const name = existsSync(target) && readdirSync(target).find(file => /^selvage-.*\.jar$/.test(file))
    if (!name) throw new Refusal('There is no jar in target: leave --no-build out.')
    return join(target, name)
}

const secret = randomBytes(32).toString('base64')

/** One caller asks for everything, and what is measured is how fast that goes, however deep and dear it is. */
const UNBOUNDED = Object.fromEntries(['FREETEXT', 'PUBLISHED'].flatMap(tier => [
    [`GATEWAY_LIMITS_${tier}_DEPTH`, '100'], [`GATEWAY_LIMITS_${tier}_COST`, '1000000'],
    [`GATEWAY_BUDGET_${tier}_LIMIT`, '2000000000'], [`GATEWAY_BUDGET_${tier}_RESTOREDPERSECOND`, '1000000000'],
]))

/** The settings that the README calls needed, one more, and what one caller may spend. */
export const settings = (postgres, issuer, port, database = 'selvage') => ({
    SPRING_R2DBC_URL: `r2dbc:postgresql://127.0.0.1:${postgres.port}/${database}`,
    SPRING_FLYWAY_URL: `jdbc:postgresql://127.0.0.1:${postgres.port}/${database}`,
    SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUERURI: issuer.url,
    GATEWAY_CURSORSECRET: secret,
    SERVER_PORT: String(port),
    ...UNBOUNDED,
})

/**
 * Publishes documents, as a build of their application would.
 *
 * @param token of an administrator
 */
export async function publish(selvage, documents, token) {
    const send = (url, body) => fetch(url, {
        method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify(body),
    })
    const query = `mutation { saveClientApp(input: { clientId: "${CLIENT}", name: "The benchmark", policy: OPEN }) { userErrors { message } } }`
    await send(selvage.url, { query })
    const manifest = Object.fromEntries(documents.map(document => [idOf(document).slice('sha256:'.length), document]))
    const answer = await send(`${new URL(selvage.url).origin}/documents?clientId=${CLIENT}&appVersion=1`, manifest)
    if (!answer.ok) throw new Refusal(`The documents were not published: ${(await answer.text()).slice(0, 500)}`)
}

/** @param flags of the JVM: none, as the README says, except where growth.mjs compares some */
export async function startSelvage({ java, postgres, issuer, database, name = 'selvage', flags = [], program, env = {} }) {
    const port = await freePort()
    const began = performance.now()
    const child = start(name, join(java, 'bin/java'), [...flags, '-jar', program ?? jar()],
        { cwd: work, env: { ...settings(postgres, issuer, port, database), ...env } })
    const url = `http://localhost:${port}`
    await answering(`${url}/actuator/health`, child, name)
    const startMilliseconds = performance.now() - began
    return { name: 'Selvage', processes: 1, url: `${url}/graphql`, pid: child.pid, child, startMilliseconds, stop: seconds => stop(child, seconds) }
}
