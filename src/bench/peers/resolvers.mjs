// The root fields, for Mercurius, Apollo Server and Yoga; and what hangs below through DataLoader, for the latter two.
import { readFileSync } from 'node:fs'
import DataLoader from 'dataloader'
import * as shop from './shop.mjs'

export const typeDefs = readFileSync(new URL('schema.graphql', import.meta.url), 'utf8')

export const Query = {
    inventoryItem: (_, { by }) => shop.itemByBarcode(by.barcode),
    inventoryItems: (_, { first, filter }) => filter.search === undefined
        ? shop.approvedItemsByPrice({ category: filter.category, price: filter.price, first })
        : shop.itemsMatching({ search: filter.search, first }),
    event: async (_, { id }) => (await shop.eventsByKeys([shop.keyOf(id)]))[0],
    events: (_, { first, filter }) => shop.eventsFrom({ from: filter.saleStart.gte, first }),
    users: (_, { first, filter }) => shop.usersFrom({ from: filter.createdAt.gte, first }),
}

/** Loaders of one request. */
export class Loaders {
    event = new DataLoader(shop.eventsByKeys)
    consignor = new DataLoader(shop.consignorsByKeys)
    consignorOfUser = new DataLoader(shop.consignorsByUsers)
    // A line is looked up once, so that nothing need be remembered; the keys of all lines meet in one batch.
    subject = new DataLoader(shop.subjectsOfLines, { cache: false })
    #pages = new Map()

    /** Pages below parents, by what is paged and how much of it. */
    page(find, first) {
        const name = `${find.name}:${first}`
        let loader = this.#pages.get(name)
        if (!loader) this.#pages.set(name, (loader = new DataLoader(keys => find(keys, first))))
        return loader
    }
}

export const resolvers = {
    Query,
    InventoryItem: {
        event: (item, _, { loaders }) => loaders.event.load(item.eventKey),
        consignor: (item, _, { loaders }) => loaders.consignor.load(item.consignorKey),
    },
    Consignor: {
        inventoryItems: (consignor, { first }, { loaders }) =>
            loaders.page(shop.itemsOfConsignors, first).load(consignor.key),
    },
    Event: {
        inventoryItems: (event, { first }, { loaders }) => loaders.page(shop.itemsOfEvents, first).load(event.key),
    },
    User: {
        consignor: (user, _, { loaders }) => loaders.consignorOfUser.load(user.key),
        orders: (user, { first }, { loaders }) => loaders.page(shop.ordersOfUsers, first).load(user.key),
    },
    OrderLine: {
        subject: (line, _, { loaders }) => loaders.subject.load(line),
    },
}
