// Two clients walk the same list, one forwards and one backwards: node pages.mjs http://localhost:8080 <token>
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client'
import { Client, fetchExchange } from '@urql/core'

const [baseUrl, token] = process.argv.slice(2)
if (!baseUrl || !token) fail('Usage: node pages.mjs <baseUrl> <token>')
const url = `${baseUrl.replace(/\/+$/, '')}/graphql`
const headers = { authorization: `Bearer ${token}` }
const pageSize = 7

const connection = 'edges { cursor node { id } } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }'
const forwardPage = gql`query Forward($after: String) { events(first: ${pageSize}, after: $after) { ${connection} } }`
const backwardPage = gql`query Backward($before: String) { events(last: ${pageSize}, before: $before) { ${connection} } }`
const onePage = gql`query One { events(first: 100) { nodes { id } totalCount } }`

const apollo = new ApolloClient({ link: new HttpLink({ uri: url, headers }), cache: new InMemoryCache() })
const urql = new Client({ url, exchanges: [fetchExchange], fetchOptions: { headers }, preferGetMethod: false })

const forwards = await walk('Apollo Client', {
  ask: async (after) => (await apollo.query({ query: forwardPage, variables: { after }, fetchPolicy: 'network-only' })).data,
  ids: ({ nodes }) => nodes.map(({ id }) => id),
  next: ({ hasNextPage, endCursor }) => hasNextPage && endCursor,
})
const backwards = await walk('urql', {
  ask: (before) => ask(backwardPage, { before }),
  ids: ({ nodes }) => nodes.map(({ id }) => id).reverse(),
  next: ({ hasPreviousPage, startCursor }) => hasPreviousPage && startCursor,
})
const { nodes, totalCount } = (await ask(onePage, {}).catch(({ message }) => fail(`The list in one page failed: ${message}`))).events

if (forwards.length === 0) fail('There are no events to page through.')
same('forwards with Apollo Client', forwards, 'backwards with urql, reversed', [...backwards].reverse())
same('the first 100 of Apollo Client', forwards.slice(0, 100), 'one page of 100', nodes.map(({ id }) => id))
if (totalCount <= 100 && totalCount !== forwards.length) fail(`totalCount is ${totalCount}, but there are ${forwards.length} events.`)

console.log(`Apollo Client forwards and urql backwards see the same ${forwards.length} events, each once, ${pageSize} at a time.`)

/** All ids in the order in which they were met. */
async function walk(client, { ask, ids, next }) {
  const met = []
  let cursor = null
  do {
    const { events } = await ask(cursor).catch(({ message }) => fail(`${client} failed after ${met.length} events: ${message}`))
    const { edges, pageInfo } = events
    const page = ids(events)
    if (page.length > pageSize) fail(`${client} asked for ${pageSize} events and got ${page.length}.`)
    if (edges.map(({ node }) => node.id).join() !== events.nodes.map(({ id }) => id).join()) fail(`${client} got edges that are not the nodes.`)
    if (pageInfo.startCursor !== (edges[0]?.cursor ?? null) || pageInfo.endCursor !== (edges.at(-1)?.cursor ?? null)) {
      fail(`${client} got a pageInfo whose cursors are not those of the first and the last edge.`)
    }
    const again = page.find((id, i) => met.includes(id) || page.indexOf(id) !== i)
    if (again) fail(`${client} met the event ${again} twice.`)
    met.push(...page)
    cursor = next(pageInfo)
    if (cursor && page.length < pageSize) fail(`${client} got a page of ${page.length} that is not the last.`)
  } while (cursor)
  return met
}

async function ask(query, variables) {
  const { data, error } = await urql.query(query, variables).toPromise()
  if (error) throw error
  return data
}

function same(oneName, one, otherName, other) {
  const at = one.findIndex((id, i) => id !== other[i])
  if (at >= 0 || one.length !== other.length) {
    const where = at >= 0 ? at : one.length
    fail(`At position ${where + 1} there is ${one[where] ?? 'nothing'} ${oneName}, but ${other[where] ?? 'nothing'} ${otherName}.`)
  }
}

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}
