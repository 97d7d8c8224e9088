// Before anything is measured: all servers answer the same values, field by field and in the same order.
import { authorization } from './load.mjs'
import { requestsFor } from './operations.mjs'
import { Refusal } from './tools.mjs'

const globalId = (type, key) => Buffer.from(`${type}:${key}`).toString('base64url')
const money = amount => ({ amount })
const time = text => new Date(text).toISOString().replace('.000Z', 'Z')
const upper = word => word.toUpperCase()
const withPage = (connection, node) => ({ nodes: connection.nodes.map(node), pageInfo: connection.pageInfo })
const orNull = make => value => (value === null ? null : make(value))

const owner = orNull(({ rowId, ...rest }) => ({ id: globalId('Consignor', rowId), ...rest }))
const event = ({ rowId, name }) => ({ id: globalId('Event', rowId), name })
const item = ({ rowId, price, ...rest }) => ({
    id: globalId('InventoryItem', rowId),
    ...rest,
    ...(price === undefined ? {} : { price: money(price) }),
    ...(rest.condition === undefined ? {} : { condition: upper(rest.condition) }),
    ...(rest.status === undefined ? {} : { status: upper(rest.status) }),
    ...(rest.createdAt === undefined ? {} : { createdAt: time(rest.createdAt) }),
    ...(rest.consignor === undefined ? {} : { consignor: owner(rest.consignor) }),
    ...(rest.event === undefined ? {} : { event: event(rest.event) }),
})
const fabric = ({ rowId, name, price, stockQuantity }) =>
    ({ id: globalId('Fabric', rowId), name, price: money(price), stockQuantity })
const line = ({ unitPrice, fabric: bought, inventoryItem, ...rest }) => ({
    ...rest,
    unitPrice: money(Number(unitPrice).toFixed(2)),
    subject: bought ? fabric(bought) : inventoryItem ? item(inventoryItem) : null,
})
const order = ({ rowId, totalAmount, status, createdAt, lines }) => ({
    id: globalId('Order', rowId),
    totalAmount: money(totalAmount),
    status: upper(status),
    createdAt: time(createdAt),
    lines: lines.nodes.map(line),
})

/** PostGraphile's answers, whose schema is the tables', as Selvage's. */
const FROM_POSTGRAPHILE = {
    item: data => {
        const [found] = data.inventoryItems.nodes.map(item)
        return { inventoryItem: found ? { ...found, price: { ...found.price, currency: 'USD' } } : null }
    },
    items: data => ({
        inventoryItems: withPage(data.inventoryItems, row => {
            const { status, ...rest } = item(row)
            return { ...rest, availableQuantity: status === 'APPROVED' ? 1 : 0 }
        }),
    }),
    eventItems: ({ event: { rowId, name, inventoryItems } }) => ({
        event: { id: globalId('Event', rowId), name, inventoryItems: { nodes: inventoryItems.nodes.map(item) } },
    }),
    sales: data => ({
        events: {
            nodes: data.events.nodes.map(({ rowId, name, location, startDate, endDate, inventoryItems }) => ({
                id: globalId('Event', rowId),
                name,
                location,
                sale: { start: time(startDate), end: time(endDate) },
                inventoryItems: withPage(inventoryItems, item),
            })),
        },
    }),
    customers: data => ({
        users: {
            nodes: data.users.nodes.map(({ rowId, name, email, consignor, orders }) => ({
                id: globalId('User', rowId),
                name,
                email,
                consignor: orNull(({ rowId: key, number, inventoryItems }) => ({
                    id: globalId('Consignor', key), number, inventoryItems: { nodes: inventoryItems.nodes.map(item) },
                }))(consignor),
                orders: { nodes: orders.nodes.map(order) },
            })),
        },
    }),
    search: data => ({ inventoryItems: withPage(data.inventoryItems, item) }),
}

export async function ask(server, operation, tokens, n) {
    const response = await fetch(server.url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Authorization': authorization(operation, tokens) },
        body: requestsFor(operation, server)[n],
        signal: AbortSignal.timeout(20_000),
    })
    const text = await response.text()
    const answer = text.startsWith('{') ? JSON.parse(text) : {}
    if (response.status !== 200 || answer.errors) {
        throw new Refusal(`${server.name} at ${operation.name}: ${response.status} ${text.slice(0, 600)}`)
    }
    return server.peer === 'postgraphile' ? FROM_POSTGRAPHILE[operation.name](answer.data) : answer.data
}

/** The first path at which they differ, or null. */
export function difference(wanted, found, path = 'data') {
    if (Object.is(wanted, found)) return null
    if (typeof wanted !== 'object' || typeof found !== 'object' || wanted === null || found === null) {
        return `${path}: ${JSON.stringify(wanted)} and ${JSON.stringify(found)}`
    }
    for (const key of new Set([...Object.keys(wanted), ...Object.keys(found)])) {
        const differs = difference(wanted[key], found[key], `${path}.${key}`)
        if (differs) return differs
    }
    return null
}

/** How many values there are in an answer: an empty one proves nothing. */
const values = answer => typeof answer === 'object' && answer !== null
    ? Object.values(answer).reduce((sum, value) => sum + values(value), 0) : 1

/** Compares every server's answers with those of the first one. Answers how many values an answer has on average. */
export async function checkSame(servers, operation, tokens, samples = 60) {
    const [first, ...others] = servers
    const step = Math.floor(operation.inputs.length / samples)
    let total = 0
    for (let n = 0; n < samples * step; n += step) {
        const wanted = await ask(first, operation, tokens, n)
        total += values(wanted)
        for (const server of others) {
            const differs = difference(wanted, await ask(server, operation, tokens, n))
            if (differs) {
                throw new Refusal(`${operation.name} ${JSON.stringify(operation.inputs[n])}: ${first.name} and ${server.name}`
                    + ` answer differently at ${differs}`)
            }
        }
    }
    return Math.round(total / samples)
}
