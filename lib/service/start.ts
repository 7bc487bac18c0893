import { buildAssets, buildIfStale } from './build'
import { graderCommand, nextCommand } from './commands'
import { runCli } from './run-cli'
import { readSettings } from './settings'
import { supervise, type Plan } from './supervise'

/*
 * npm start: everything that a site needs, in one command that stays until it is stopped. `--dev` (npm run dev) serves
 * the pages from their sources.
 */

const dev = process.argv.includes('--dev')

const plan: Plan = {
  prepare: async (print, stop) => {
    if (dev) return buildAssets()
    const started = Date.now()
    if (await buildIfStale(print, stop)) print(`done in ${Math.round((Date.now() - started) / 1000)} s`)
  },
  commands: (settings, url) => [graderCommand(settings, url), nextCommand(settings, url, { dev })],
}

await runCli(async () => {
  await supervise(readSettings(), plan)
  process.exit(0)
})
