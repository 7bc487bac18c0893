import { applyMigrations } from '@/lib/db/migrate/apply'
import { borrowDatabase } from './borrow-database'
import { runCli } from './run-cli'
import { readSettings } from './settings'

/* npm run db:migrate: brings the database up to date. `npm start` does so by itself. */

await runCli(async () => {
  const applied = await borrowDatabase(readSettings(), (url) => applyMigrations(url))
  for (const name of applied) console.log(`applied ${name}`)
  console.log(applied.length === 0 ? 'The database is up to date.' : 'The database is up to date now.')
  // The engine leaves a timer of ten seconds behind.
  process.exit(0)
})
