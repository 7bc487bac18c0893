import { databaseUrl } from '../connection'
import { applyMigrations } from './apply'

/* npm run db:migrate: brings the database at DATABASE_URL up to date. */

try {
  const applied = await applyMigrations(databaseUrl())
  for (const name of applied) console.log(`applied ${name}`)
  console.log(applied.length === 0 ? 'The database is up to date.' : 'The database is up to date now.')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
// The engine leaves a timer of ten seconds behind.
process.exit()
