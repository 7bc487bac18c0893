import { applyMigrations } from '@/lib/db/migrate/apply'
import { announceSite } from './announce'
import { assertReachable, place } from './database'
import { lockDataDir } from './data-lock'
import { formatLine } from './log-line'
import { assertPortFree } from './ports'
import { keepEmbedded } from './postgres/keep-embedded'
import type { Settings } from './settings'
import { stopSignal } from './stop-signal'
import { SupervisedProcess, type Command } from './supervised-process'

type Print = (line: string) => void

/** What there is to run. */
export interface Plan {
  /** Makes what the processes need and is missing or stale; runs while the database starts. */
  prepare(print: Print, stop: AbortSignal): Promise<void>
  /** The processes, which stay up together. */
  commands(settings: Settings, databaseUrl: string): Command[]
}

/** Gives back something that was taken; called in reverse order when the site stops. */
type Undo = () => Promise<void> | void

/**
 * Runs the whole site: database, build, migrations, then the processes, each of which is started again when it ends.
 * Resolves when a signal has stopped all of it.
 * @throws Error with one sentence when something that the site needs is not to be had; nothing is left running then
 */
export async function supervise(settings: Settings, plan: Plan): Promise<void> {
  const stop = stopSignal()
  const undo: Undo[] = []
  try {
    await assertPortFree(settings)
    const url = await makeReady(settings, plan, undo, stop)
    if (!stop.aborted) await migrate(url, printer('database'))
    if (!stop.aborted) await serve(settings, url, plan, undo, stop)
  } finally {
    if (stop.aborted) console.log('Stopping.')
    for (const step of undo.reverse()) await step()
  }
}

/** Opens the database and prepares what the processes need, both at a time; when one fails, the other ends as well. */
async function makeReady(settings: Settings, plan: Plan, undo: Undo[], stop: AbortSignal): Promise<string> {
  const failed = new AbortController()
  const opening = openDatabase(settings, undo, printer('database'))
  const preparing = plan.prepare(printer('build'), AbortSignal.any([stop, failed.signal]))
  opening.catch(() => failed.abort())
  await Promise.allSettled([opening, preparing])
  await preparing
  return opening
}

/** Runs the processes until the signal to stop. */
async function serve(settings: Settings, url: string, plan: Plan, undo: Undo[], stop: AbortSignal): Promise<void> {
  const commands = plan.commands(settings, url)
  const processes = commands.map((command) => new SupervisedProcess(command, printer(command.name)))
  undo.push(async () => void (await Promise.all(processes.map((each) => each.stop()))))
  for (const each of processes) each.start()
  await announceSite(settings, url, console.log, stop)
}

/** The database to use: the given one, or the one that comes along. */
async function openDatabase(settings: Settings, undo: Undo[], print: Print): Promise<string> {
  if (settings.databaseUrl) {
    await assertReachable(settings.databaseUrl)
    return settings.databaseUrl
  }
  undo.push(lockDataDir(settings.dataDir))
  const database = await keepEmbedded(settings.dataDir, print)
  undo.push(() => database.stop())
  return database.url
}

async function migrate(url: string, print: Print): Promise<void> {
  try {
    for (const name of await applyMigrations(url)) print(`applied ${name}`)
  } catch (error) {
    const reason = (error as Error).message
    throw new Error(`The database at ${place(url)} could not be brought up to date: ${reason}`, { cause: error })
  }
}

function printer(name: string): Print {
  return (line) => console.log(formatLine(name, line))
}
