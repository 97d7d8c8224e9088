// The shop's data for Mercurius, Apollo Server and Yoga alike: one prepared statement for all keys of a level, of the columns
// that are asked for, and records in the shape of the schema, so that the servers' default resolvers serve them.
import pg from 'pg'
import { Consignor, Event, Fabric, Item, Order, User } from './records.mjs'

// Times as the schema writes them, without a Date in between. Sessions are in UTC.
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, text => {
    const [seconds, fraction] = text.slice(11, -3).split('.')
    const digits = fraction === undefined ? '' : '.' + fraction.padEnd(fraction.length > 3 ? 6 : 3, '0')
    return `${text.slice(0, 10)}T${seconds}${digits}Z`
})

// Keys stay the text that they come as.
pg.types.setTypeParser(pg.types.builtins.INT8, text => text)

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: Number(process.env.POOL), min: 2 })

const names = new Map()
/** Prepared once for each connection. */
async function rows(text, values) {
    let name = names.get(text)
    if (name === undefined) names.set(text, (name = `s${names.size}`))
    return (await pool.query({ name, text, values })).rows
}
/** Planned for its values each time: how rare a word is decides between two very different plans. */
const rowsPlannedAnew = async (text, values) => (await pool.query({ text, values })).rows

export const keyOf = id => Buffer.from(id, 'base64url').toString('latin1').split(':')[1]
const cents = decimal => Math.round(Number(decimal) * 100)

const ITEM = 'i.id, i.event_id, i.consignor_id, i.name, i.description, i.category, i.size, i.price, i.condition, i.status, i.created_at'
const EVENT = 'id, name, location, start_date, end_date'
const FABRIC = 'id, name, description, category, price, stock_quantity'

const page = (found, first) => {
    const hasNextPage = found.length > first
    if (hasNextPage) found.pop()
    return { nodes: found, pageInfo: { hasNextPage } }
}

/** The record of each key, in the order of the keys; null where there is none. */
async function byKeys(text, keys, Made, keyed = found => found.key) {
    const unique = [...new Set(keys)]
    const found = new Map()
    for (const row of await rows(text, [unique])) {
        const made = new Made(row)
        found.set(keyed(made), made)
    }
    return keys.map(key => found.get(key) ?? null)
}

/** The page below each key, in the order of the keys. */
async function pagesBelow(text, keys, first, Made) {
    const below = new Map(keys.map(key => [key, []]))
    for (const row of await rows(text, [keys, first + 1])) {
        below.get(row.parent).push(new Made(row))
    }
    return keys.map(key => page(below.get(key), first))
}

export async function itemByBarcode(barcode) {
    const [row] = await rows(`SELECT ${ITEM} FROM inventory_items i WHERE barcode = $1 AND listed`, [barcode])
    return row ? new Item(row) : null
}

export async function approvedItemsByPrice({ category, price, first }) {
    return page((await rows(
        `SELECT ${ITEM} FROM inventory_items i
          WHERE category = $1 AND status = 'approved' AND listed AND price_cents BETWEEN $2 AND $3
          ORDER BY price_cents, id LIMIT $4`,
        [category, cents(price.gte), cents(price.lte), first + 1])).map(row => new Item(row)), first)
}

export async function itemsMatching({ search, first }) {
    return page((await rowsPlannedAnew(
        `SELECT ${ITEM} FROM inventory_items i
          WHERE search @@ websearch_to_tsquery('english', $1) AND listed ORDER BY created_at, id LIMIT $2`,
        [search, first + 1])).map(row => new Item(row)), first)
}

export const eventsByKeys = keys => byKeys(`SELECT ${EVENT} FROM events WHERE id = ANY ($1::bigint[])`, keys, Event)

export const consignorsByKeys = keys =>
    byKeys('SELECT id, user_id, number, name FROM consignors WHERE id = ANY ($1::bigint[])', keys, Consignor)

export const consignorsByUsers = keys =>
    byKeys('SELECT id, user_id, number, name FROM consignors WHERE user_id = ANY ($1::uuid[])', keys, Consignor,
        found => found.userKey)

export const itemsByKeys = keys => byKeys(`SELECT ${ITEM} FROM inventory_items i WHERE id = ANY ($1::bigint[])`, keys, Item)

export const fabricsByKeys = keys => byKeys(`SELECT ${FABRIC} FROM fabrics WHERE id = ANY ($1::uuid[])`, keys, Fabric)

/** What was bought on each of these lines, of both kinds at once. */
export async function subjectsOfLines(lines) {
    const of = (kind, find) => {
        const wanted = lines.filter(line => line.kind === kind)
        return wanted.length === 0 ? [] : find(wanted.map(line => line.subjectKey))
    }
    const [fabrics, items] = await Promise.all([of('fabric', fabricsByKeys), of('inventory_item', itemsByKeys)])
    let fabricAt = 0
    let itemAt = 0
    return lines.map(line => (line.kind === 'fabric' ? fabrics[fabricAt++] : items[itemAt++]))
}

export async function eventsFrom({ from, first }) {
    return page((await rows(`SELECT ${EVENT} FROM events WHERE start_date >= $1 ORDER BY start_date, id LIMIT $2`,
        [from, first + 1])).map(row => new Event(row)), first)
}

export async function usersFrom({ from, first }) {
    return page((await rows('SELECT id, name, email FROM users WHERE created_at >= $1 ORDER BY created_at, id LIMIT $2',
        [from, first + 1])).map(row => new User(row)), first)
}

const itemsBelow = column => `
    SELECT parent.id AS parent, i.*
      FROM unnest($1::bigint[]) parent (id)
     CROSS JOIN LATERAL (SELECT ${ITEM} FROM inventory_items i WHERE i.${column} = parent.id
                          ORDER BY i.created_at, i.id LIMIT $2) i`
const ITEMS_OF_EVENTS = itemsBelow('event_id')
const ITEMS_OF_CONSIGNORS = itemsBelow('consignor_id')

export const itemsOfEvents = (keys, first) => pagesBelow(ITEMS_OF_EVENTS, keys, first, Item)
export const itemsOfConsignors = (keys, first) => pagesBelow(ITEMS_OF_CONSIGNORS, keys, first, Item)

export const ordersOfUsers = (keys, first) => pagesBelow(`
    SELECT parent.id AS parent, o.*
      FROM unnest($1::uuid[]) parent (id)
     CROSS JOIN LATERAL (SELECT id, total_amount, status, created_at, items FROM orders o WHERE o.user_id = parent.id
                          ORDER BY o.created_at DESC, o.id DESC LIMIT $2) o`, keys, first, Order)
