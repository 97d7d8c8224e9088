// What is asked: the documents in operations/, and for each of them some thousand different variables drawn from the data.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { here } from './tools.mjs'

/** Different requests of an operation. */
export const INPUTS = 2400

/** The same numbers at each run (mulberry32). */
function random(seed) {
    return () => {
        seed = (seed + 0x6d2b79f5) | 0
        let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296
    }
}

const some = (from, next) => from[Math.floor(next() * from.length)]
const times = make => Array.from({ length: INPUTS }, (_, n) => make(n))

/** A minute between two times. */
const between = (from, to, next) =>
    new Date(Math.floor((Date.parse(from) + next() * (Date.parse(to) - Date.parse(from))) / 60000) * 60000)
        .toISOString().replace('.000Z', 'Z')

const eventKey = id => Buffer.from(id, 'base64url').toString().split(':')[1]

/** Each with whose token it is asked, its SQL for the pool of values, and what PostGraphile's variables are. */
const KINDS = [
    {
        name: 'item',
        title: 'one item by its barcode',
        as: 'customer',
        pool: `SELECT barcode FROM inventory_items WHERE listed ORDER BY hashint8extended(id, 7) LIMIT ${INPUTS}`,
        draw: pool => times(n => ({ barcode: pool[n].barcode })),
    },
    {
        name: 'items',
        title: 'a page of 50 items of a category in a range of prices, cheapest first',
        as: 'customer',
        pool: 'SELECT DISTINCT category FROM inventory_items ORDER BY 1',
        draw: (pool, next) => times(() => {
            const min = 1 + Math.floor(next() * 40) / 4
            const max = min + 2 + Math.floor(next() * 80) / 4
            return { category: some(pool, next).category, min: min.toFixed(2), max: max.toFixed(2) }
        }),
    },
    {
        name: 'eventItems',
        title: 'one event with up to 100 items and their owners',
        as: 'admin',
        pool: `SELECT id FROM events WHERE (SELECT count(*) FROM inventory_items WHERE event_id = events.id) > 100 ORDER BY id`,
        // There are fewer events than requests, so how much is asked for varies a little too.
        draw: (pool, next) => times(() => ({
            id: Buffer.from(`Event:${some(pool, next).id}`).toString('base64url'), first: 89 + Math.floor(next() * 12),
        })),
        postgraphile: variables => ({ ...variables, id: eventKey(variables.id) }),
    },
    {
        name: 'sales',
        title: 'a page of 20 events, 10 items of each, and their owners',
        as: 'admin',
        pool: `SELECT min(start_date) AS "from", (SELECT start_date FROM events ORDER BY start_date DESC OFFSET 30 LIMIT 1) AS "to"
                 FROM events`,
        draw: ([{ from, to }], next) => times(() => ({ from: between(from, to, next) })),
    },
    {
        name: 'customers',
        title: 'a page of 20 users with their items, these items\' events, their orders, and what was bought',
        as: 'admin',
        pool: `SELECT min(created_at) AS "from", (SELECT created_at FROM users ORDER BY created_at DESC OFFSET 25 LIMIT 1) AS "to"
                 FROM users`,
        draw: ([{ from, to }], next) => times(() => ({ from: between(from, to, next) })),
    },
    {
        name: 'search',
        title: 'a page of 20 items with one or two words, rare and frequent ones',
        as: 'customer',
        // Words as they stand in the texts, so that frequent ones come often.
        pool: `SELECT name || ' ' || coalesce(description, '') AS text FROM inventory_items WHERE listed
                ORDER BY hashint8extended(id, 8) LIMIT ${INPUTS}`,
        draw: (pool, next) => times(n => {
            const words = [...new Set(pool[n].text.toLowerCase().match(/[a-z]{5,}/g))]
            const first = some(words, next)
            const second = some(words, next)
            return { words: next() < 0.5 || first === second ? first : `${first} ${second}` }
        }),
    },
]

const text = name => readFileSync(join(here, 'operations', `${name}.graphql`), 'utf8').replace(/\s+/g, ' ').trim()

export const idOf = document => `sha256:${createHash('sha256').update(document).digest('hex')}`

/** @param only names, to leave the others out */
export async function readOperations(postgres, only, database = 'selvage') {
    const operations = []
    for (const [n, kind] of KINDS.entries()) {
        if (only && !only.includes(kind.name)) continue
        const inputs = kind.draw(await postgres.rows(database, kind.pool), random(n + 1))
        const requests = (query, variables) => inputs.map(input => JSON.stringify({ query, variables: variables(input) }))
        const query = text(kind.name)
        const documentId = idOf(query)
        operations.push({
            ...kind,
            inputs,
            document: query,
            requests: requests(query, input => input),
            publishedRequests: inputs.map(variables => JSON.stringify({ documentId, variables })),
            postgraphileRequests: requests(text(`${kind.name}.postgraphile`), kind.postgraphile ?? (input => input)),
        })
    }
    return operations
}

/** What this server is sent for this operation. */
export function requestsFor(operation, server) {
    if (server.byId) return operation.publishedRequests
    return server.peer === 'postgraphile' ? operation.postgraphileRequests : operation.requests
}
