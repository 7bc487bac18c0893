import { freePort } from '@/lib/service/ports'
import { pressCtrlC, startNpm } from '@/tests/e2e/support/npm-command'
import type { Site } from '@/tests/service/support/site'

/** Processes that work on one database. */
export interface Fleet {
  commands: Site[]
  stop(): Promise<void>
}

export interface FleetOptions {
  databaseUrl: string
  dataDir: string
}

/** Starts web processes, which answer when this resolves. */
export async function startWebs(count: number, options: FleetOptions): Promise<Fleet & { origins: string[] }> {
  const fleet = await startCommands('web', count, {}, options)
  const origins = fleet.commands.map(({ port }) => `http://localhost:${port}`)
  for (const origin of origins) await untilAnswers(`${origin}/api/health`)
  return { ...fleet, origins }
}

/** Starts grader processes, which have begun to take work when this resolves. */
export async function startGraders(count: number, concurrency: number, options: FleetOptions): Promise<Fleet> {
  const fleet = await startCommands('grader', count, { GRADER_CONCURRENCY: String(concurrency) }, options)
  await Promise.all(fleet.commands.map((command) => command.line(/\bgrading\b/)))
  return fleet
}

async function startCommands(
  script: string,
  count: number,
  environment: Record<string, string>,
  { databaseUrl, dataDir }: FleetOptions,
): Promise<Fleet> {
  const commands: Site[] = []
  for (let index = 0; index < count; index++) {
    commands.push(startNpm(script, dataDir, await freePort('127.0.0.1'), { ...environment, DATABASE_URL: databaseUrl }))
  }
  return { commands, stop: async () => void (await Promise.all(commands.map(pressCtrlC))) }
}

async function untilAnswers(url: string): Promise<void> {
  while (!(await fetch(url).catch(() => null))) await new Promise((resolve) => setTimeout(resolve, 100))
}
