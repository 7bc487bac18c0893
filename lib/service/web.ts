import { applyMigrations } from '@/lib/db/migrate/apply'
import { buildIfStale } from './build'
import { nextCommand } from './commands'
import { contentProblemLines } from './content-problems'
import { findDatabase } from './database'
import { assertPortFree } from './ports'
import { runCli } from './run-cli'
import { runCommand } from './run-command'
import { readSettings } from './settings'
import { stopSignal } from './stop-signal'

/* npm run web: one web process, for an operator who starts processes in some other way than `npm start`. */

await runCli(async () => {
  const stop = stopSignal()
  const settings = readSettings()
  await assertPortFree(settings)
  const url = await findDatabase(settings)
  await applyMigrations(url)
  await buildIfStale(console.log, stop)
  for (const line of await contentProblemLines(settings)) console.log(line)
  if (stop.aborted) process.exit(0)
  process.exit(await runCommand(nextCommand(settings, url, { dev: false }), stop))
})
