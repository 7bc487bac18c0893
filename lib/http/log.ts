import { pino } from 'pino'

/**
 * The log of the web process: one JSON object a line on standard output. Lines carry ids, codes and durations, never
 * source code, e-mail addresses, names, addresses of clients or anything else a person typed.
 */
export const log = pino({
  name: 'web',
  level: process.env.LOG_LEVEL ?? 'info',
  base: { process: 'web', pid: process.pid },
  timestamp: pino.stdTimeFunctions.isoTime,
})
