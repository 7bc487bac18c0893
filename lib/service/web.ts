import { spawn } from 'node:child_process'
import { applyMigrations } from '@/lib/db/migrate/apply'
import { buildIfStale } from './build'
import { nextCommand } from './commands'
import { contentProblemLines } from './content-problems'
import { findDatabase } from './database'
import { assertPortFree } from './ports'
import { runCli } from './run-cli'
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
  const { args, env } = nextCommand(settings, url, { dev: false })
  const child = spawn(process.execPath, args, { env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  stop.addEventListener('abort', () => child.kill('SIGTERM'))
  child.once('exit', (code) => process.exit(stop.aborted ? 0 : (code ?? 1)))
})
