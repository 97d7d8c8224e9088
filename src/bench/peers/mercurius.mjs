// Mercurius with its compiler on and its own loaders, on Fastify.
import fastify from 'fastify'
import mercurius from 'mercurius'
import { Query, typeDefs } from './resolvers.mjs'
import * as shop from './shop.mjs'

// Its cache would write each record out as the key; shop.mjs asks for each key once anyway.
const uncached = loader => ({ loader, opts: { cache: false } })

/** All of a level that ask for equally many; nearly always that is one group. */
const pages = find => uncached(async queries => {
    const { first } = queries[0].params
    if (queries.every(({ params }) => params.first === first)) return find(queries.map(({ obj }) => obj.key), first)
    return Promise.all(queries.map(async ({ obj, params }) => (await find([obj.key], params.first))[0]))
})

const loaders = {
    InventoryItem: {
        event: uncached(queries => shop.eventsByKeys(queries.map(({ obj }) => obj.eventKey))),
        consignor: uncached(queries => shop.consignorsByKeys(queries.map(({ obj }) => obj.consignorKey))),
    },
    Consignor: { inventoryItems: pages(shop.itemsOfConsignors) },
    Event: { inventoryItems: pages(shop.itemsOfEvents) },
    User: {
        consignor: uncached(queries => shop.consignorsByUsers(queries.map(({ obj }) => obj.key))),
        orders: pages(shop.ordersOfUsers),
    },
    OrderLine: { subject: uncached(queries => shop.subjectsOfLines(queries.map(({ obj }) => obj))) },
}

export async function listen(port) {
    const app = fastify()
    app.register(mercurius, { schema: typeDefs, resolvers: { Query }, loaders, jit: 1 })
    await app.listen({ port, host: '127.0.0.1' })
}
