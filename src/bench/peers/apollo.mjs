// Apollo Server behind Fastify, with DataLoader.
import { ApolloServer } from '@apollo/server'
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify'
import fastify from 'fastify'
import { Loaders, resolvers, typeDefs } from './resolvers.mjs'

export async function listen(port) {
    const app = fastify()
    const apollo = new ApolloServer({ typeDefs, resolvers, plugins: [fastifyApolloDrainPlugin(app)] })
    await apollo.start()
    await app.register(fastifyApollo(apollo), { context: async () => ({ loaders: new Loaders() }) })
    await app.listen({ port, host: '127.0.0.1' })
}
