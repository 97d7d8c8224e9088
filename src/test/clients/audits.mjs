// The audits of the GraphQL-over-HTTP draft, by the people who wrote it down: node audits.mjs http://localhost:8080
import { serverAudits } from 'graphql-http'

const AUDITS = 61

const baseUrl = process.argv[2]?.replace(/\/+$/, '')
if (!baseUrl) fail('Usage: node audits.mjs <baseUrl>')

const faults = []
const audits = serverAudits({ url: `${baseUrl}/graphql` })
for (const audit of audits) {
  const { status, name, reason } = await audit.fn()
  // A notice and a warning too: the draft's recommendations are ours.
  if (status !== 'ok') faults.push(`${status}: ${name}: ${reason}`)
}

if (audits.length !== AUDITS) fail(`There are ${audits.length} audits, not ${AUDITS}.`)
if (faults.length > 0) fail(`${faults.length} of ${audits.length} audits are not content:\n${faults.join('\n')}`)
console.log(`All ${audits.length} audits are content.`)

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}
