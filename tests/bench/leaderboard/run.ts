import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os, { cpus } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { connectionOptions, withClient } from '@/lib/db/connection'
import { closeDatabase, database, type Database } from '@/lib/db/client'
import { applyMigrations } from '@/lib/db/migrate/apply'
import { prepareEmbedded } from '@/lib/service/postgres/embedded'
import { fill, type Scale } from './fill'
import { measureReads } from './reads'
import { formatReport, type Measured } from './report'
import { measureWrites } from './writes'

/*
 * npm run bench:leaderboard [-- --users 1000000 --scores 20000000] [-- --keep <folder>]
 *
 * A Postgres of its own with so many learners and best scores, and the boards that follow. What a look at a board costs
 * is measured beside the plain query for the same, with which it must agree. With --keep the data stays in the folder,
 * and a second run measures without filling it again.
 */

const { values: given } = parseArgs({
  options: {
    users: { type: 'string', default: '50000' }, scores: { type: 'string', default: '1000000' }, keep: { type: 'string' },
  },
})
const scale: Scale = { users: Number(given.users), scores: Number(given.scores) }
const dataDir = given.keep ?? mkdtempSync(path.join(os.tmpdir(), 'handroll-bench-'))
mkdirSync(dataDir, { recursive: true })
chmodSync(dataDir, 0o755)
const prepared = await prepareEmbedded(dataDir)
const server = await prepared.start()
try {
  process.env.DATABASE_URL = prepared.url
  await applyMigrations(prepared.url)
  await withClient({ ...connectionOptions(prepared.url), query_timeout: 0 }, async (client) => {
    const db = database()
    if ((await db.user.count()) === 0) await fill(client, scale, Date.now(), say)
    const users = await db.user.count()
    const { rows: [scores] } = await client.query<{ count: string }>('select count(*) from score_gains')
    say('measuring')
    const draw = drawer(1)
    const reads = await measureReads(db, client, users, draw)
    const rows = [...reads, ...await measureWrites(db, client, users, draw), ...await measureSizes(db)]
    console.log(`\n${users} learners, ${scores?.count} best scores, ${cpus().length} cores, Node ${process.version}, `
      + `load ${os.loadavg()[0]?.toFixed(1)}\n\n${formatReport(rows)}`)
  })
} finally {
  await closeDatabase()
  await server.stop()
  if (given.keep === undefined) rmSync(dataDir, { recursive: true, force: true })
}
process.exit(0)

/** Numbers that look drawn and are the same each time (mulberry32). */
function drawer(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

async function measureSizes(db: Database): Promise<Measured[]> {
  const tables = await db.$queryRaw<{ name: string; bytes: bigint }[]>`
    select relname as name, pg_total_relation_size(oid) as bytes from pg_class
    where relname in ('users', 'score_gains', 'boards', 'board_entries', 'board_buckets') order by 2 desc`
  return tables.map(({ name, bytes }) => ({ what: `${name}, with its indexes`, values: [Number(bytes) / 2 ** 20], unit: 'MiB' }))
}

function say(step: string): void {
  console.log(`${step} ...`)
}
