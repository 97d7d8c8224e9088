// The peers: each as one process and as two behind one port.
import { join } from 'node:path'
import { answering, freePort, here, start, stop } from './tools.mjs'

export const PEERS = { mercurius: 'Mercurius', yoga: 'GraphQL Yoga', apollo: 'Apollo Server', postgraphile: 'PostGraphile' }

/** As many as Selvage's pool has by default. */
const CONNECTIONS = 20

export async function startPeer({ peer, processes, node, postgres, flags = [] }) {
    const port = await freePort()
    const name = `${peer}-${processes}`
    const child = start(name, node, [...flags, join(here, 'peers/main.mjs'), peer, String(port), String(processes)], {
        env: {
            NODE_ENV: 'production',
            GRAPHILE_ENV: 'production',
            DATABASE_URL: `postgres://peer@127.0.0.1:${postgres.port}/peers`,
            POOL: String(CONNECTIONS / processes),
        },
    })
    const url = `http://127.0.0.1:${port}`
    await answering(`${url}/graphql?query=%7B__typename%7D`, child, name)
    return { name: PEERS[peer], peer, processes, url: `${url}/graphql`, pid: child.pid, child, stop: () => stop(child) }
}
