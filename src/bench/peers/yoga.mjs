// GraphQL Yoga on Node's own server, with DataLoader and compiled operations.
import { createServer } from 'node:http'
import { useGraphQlJit } from '@envelop/graphql-jit'
import { createSchema, createYoga } from 'graphql-yoga'
import { Loaders, resolvers, typeDefs } from './resolvers.mjs'

export async function listen(port) {
    const yoga = createYoga({
        schema: createSchema({ typeDefs, resolvers }),
        context: () => ({ loaders: new Loaders() }),
        plugins: process.env.YOGA_JIT === 'off' ? [] : [useGraphQlJit()],
        graphiql: false,
        landingPage: false,
        logging: false,
    })
    await new Promise(done => createServer(yoga).listen(port, '127.0.0.1', done))
}
