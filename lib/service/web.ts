import { spawn } from 'node:child_process'
import { applyMigrations } from '@/lib/db/migrate/apply'
import { buildIfStale } from './build'
import { nextCommand } from './commands'
import { findDatabase } from './database'
import { runCli } from './run-cli'
import { readSettings } from './settings'

/* npm run web: one web process, for an operator who starts processes in some other way than `npm start`. */

await runCli(async () => {
  const settings = readSettings()
  const [url] = await Promise.all([findDatabase(settings), buildIfStale(console.error)])
  await applyMigrations(url)
  const { args, env } = nextCommand(settings, url, { dev: false })
  const child = spawn(process.execPath, args, { env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  child.once('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
})
