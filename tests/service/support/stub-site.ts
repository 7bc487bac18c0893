import path from 'node:path'
import { childEnvironment, readSettings, type Settings } from '@/lib/service/settings'
import type { Command } from '@/lib/service/supervised-process'
import { runCli } from '@/lib/service/run-cli'
import { supervise } from '@/lib/service/supervise'

/* `npm start` with light stand-ins for the web process and the grader; all else is the real thing. */

function stub(name: string, settings: Settings, url: string): Command {
  const script = path.join(import.meta.dirname, `stub-${name}.ts`)
  const args = ['--import', 'tsx', script]
  return { name, args, env: childEnvironment(settings, url), stopPatienceMs: 5_000 }
}

await runCli(async () => {
  await supervise(readSettings(), {
    prepare: async () => {},
    commands: (settings, url) => ['grader', 'web'].map((name) => stub(name, settings, url)),
  })
  process.exit(0)
})
