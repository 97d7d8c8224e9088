// PostGraphile 5 on Node's own server, without row security. It plans whole operations and writes its SQL itself.
import { createServer } from 'node:http'
import { grafserv } from 'postgraphile/grafserv/node'
import { postgraphile } from 'postgraphile'
import { makePgService } from 'postgraphile/adaptors/pg'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'
import { PgSimplifyInflectionPreset } from '@graphile/simplify-inflection'
import { addPgTableCondition, jsonPgSmartTags } from 'postgraphile/utils'
import { TYPES } from 'postgraphile/@dataplan/pg'

const condition = (table, name, type, codec, sqlOf) => addPgTableCondition(
    { schemaName: 'public', tableName: table },
    name,
    ({ graphql: { GraphQLNonNull }, getTypeByName }) => ({ type: getTypeByName(type) }),
    (value, { sqlTableAlias, sql, sqlValueWithCodec }) => sqlOf(sql, sqlTableAlias, sqlValueWithCodec(value, codec)))

/** Foreign keys of one column, in place of those that carry the event's status or the owner's user along. */
const SMART_TAGS = jsonPgSmartTags({
    version: 1,
    config: {
        class: {
            'public.inventory_items': {
                tags: {
                    foreignKey: [
                        '(event_id) references public.events (id)|@fieldName event|@foreignFieldName inventoryItems',
                        '(consignor_id) references public.consignors (id)|@fieldName consignor|@foreignFieldName inventoryItems',
                    ],
                },
            },
            'public.order_lines': {
                tags: {
                    primaryKey: 'order_id,position',
                    foreignKey: [
                        '(order_id) references public.orders (id)|@foreignFieldName lines',
                        '(fabric_id) references public.fabrics (id)|@fieldName fabric|@foreignBehavior -*',
                        '(inventory_item_id) references public.inventory_items (id)|@fieldName inventoryItem|@foreignBehavior -*',
                    ],
                },
            },
        },
        constraint: {
            'public.inventory_items.inventory_items_event_fkey': { tags: { behavior: '-*' } },
            'public.inventory_items.inventory_items_owner_fkey': { tags: { behavior: '-*' } },
        },
    },
})

export const preset = {
    extends: [PostGraphileAmberPreset, PgSimplifyInflectionPreset],
    plugins: [
        SMART_TAGS,
        condition('inventory_items', 'minPrice', 'BigFloat', TYPES.numeric,
            (sql, items, price) => sql`${items}.price_cents >= (${price} * 100)::bigint`),
        condition('inventory_items', 'maxPrice', 'BigFloat', TYPES.numeric,
            (sql, items, price) => sql`${items}.price_cents <= (${price} * 100)::bigint`),
        condition('inventory_items', 'search', 'String', TYPES.text,
            (sql, items, words) => sql`${items}.search @@ websearch_to_tsquery('english', ${words})`),
        condition('events', 'startsFrom', 'Datetime', TYPES.timestamptz,
            (sql, events, from) => sql`${events}.start_date >= ${from}`),
        condition('users', 'createdFrom', 'Datetime', TYPES.timestamptz,
            (sql, users, from) => sql`${users}.created_at >= ${from}`),
    ],
    pgServices: [makePgService({
        connectionString: process.env.DATABASE_URL,
        schemas: ['public'],
        poolConfig: { max: Number(process.env.POOL) },
    })],
    schema: { defaultBehavior: '-mutation' },
    grafserv: { graphqlPath: '/graphql', graphiql: false, graphiqlOnGraphQLGET: false, websockets: false },
    grafast: { explain: false },
}

export async function listen(port) {
    const server = createServer()
    await postgraphile(preset).createServ(grafserv).addTo(server)
    await new Promise(done => server.listen(port, '127.0.0.1', done))
}
