// The databases: `selvage`, migrated by the jar itself and filled with the large data, and `peers`, a copy for the others.
import { say } from './tools.mjs'
import { startSelvage } from './selvage.mjs'

const TABLES = 'users, consignors, events, event_registrations, fabrics, orders, inventory_items, content_calendar, analytics'

/** @param factor how many times the large data */
export async function fill(postgres, { java, issuer, database, factor = 1 }) {
    await postgres.psql('postgres', ['-c', `CREATE DATABASE ${database}`])
    await postgres.file(database, 'db/roles.sql')
    const selvage = await startSelvage({ java, postgres, issuer, database, name: 'migrate' })
    await selvage.stop()
    say(`loading the large data${factor > 1 ? `, ${factor} times` : ''}`)
    await postgres.psql(database, ['-1', '-f', new URL('../test/resources/large-data.sql', import.meta.url).pathname],
        { user: 'selvage_owner', options: `-c selvage.factor=${factor}` })
    await postgres.psql(database, ['-c', `VACUUM (FREEZE, ANALYZE) ${TABLES}`], { user: 'selvage_owner' })
}

/** Makes what is missing, and lets the issuer's tokens stand for the users that the large data begin with. */
export async function prepareData(postgres, { java, issuer }) {
    if (!postgres.made) {
        await fill(postgres, { java, issuer, database: 'selvage' })
        await postgres.psql('postgres', ['-c', 'CREATE DATABASE peers TEMPLATE selvage'])
        await postgres.file('peers', 'src/bench/peers/peers.sql')
        await postgres.psql('peers', ['-c', `VACUUM (FREEZE, ANALYZE) ${TABLES}`], { user: 'postgres' })
        await postgres.psql('postgres', ['-c', 'CHECKPOINT'])
        postgres.markMade()
    }
    await adopt(postgres, issuer, 'selvage')
}

export async function adopt(postgres, issuer, database) {
    await postgres.psql(database, ['-c', `UPDATE users SET issuer = '${issuer.url}' WHERE subject IS NOT NULL`])
}
