// The token issuer that Selvage trusts here: a key, a discovery document, and tokens signed with RS256.
import { createSign, generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'

/** The application that asks for everything. */
export const CLIENT = 'bench'

export async function startIssuer() {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const keys = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'bench', use: 'sig', alg: 'RS256' }] })
    const server = createServer((request, response) => {
        response.setHeader('Content-Type', 'application/json')
        response.end(request.url.includes('jwks') ? keys : JSON.stringify({ issuer: url, jwks_uri: `${url}/jwks` }))
    })
    await new Promise(done => server.listen(0, 'localhost', done))
    server.unref()
    const url = `http://localhost:${server.address().port}`

    const part = value => Buffer.from(JSON.stringify(value)).toString('base64url')
    const token = subject => {
        const now = Math.floor(Date.now() / 1000)
        const claims = {
            iss: url, aud: 'selvage', azp: CLIENT, sub: subject, iat: now, exp: now + 12 * 3600,
            email: `${subject}@example.com`, email_verified: true,
        }
        const signed = `${part({ alg: 'RS256', kid: 'bench', typ: 'at+jwt' })}.${part(claims)}`
        return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`
    }
    return { url, token, stop: () => server.close() }
}
