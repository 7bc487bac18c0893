import { Logger as QueueLogger } from 'graphile-worker'
import { pino } from 'pino'

/**
 * The log of a grader process: one JSON object a line on standard output. Lines carry ids, reasons and durations, never
 * source code or what else a person typed.
 */
export const log = pino({
  name: 'grader',
  level: process.env.LOG_LEVEL ?? 'info',
  base: { process: 'grader', pid: process.pid },
  timestamp: pino.stdTimeFunctions.isoTime,
})

const LEVELS = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const

/** What graphile-worker has to say, in the same log; each finished job is for those who debug. */
export const queueLog = new QueueLogger(() => (level, message) => log[LEVELS[level]](message))
