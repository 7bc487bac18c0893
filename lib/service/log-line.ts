const LEVELS: Record<number, string> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' }

/** Fields of a log line that are shown elsewhere in it, or nowhere. */
const HIDDEN = new Set(['level', 'time', 'msg', 'name', 'process', 'pid', 'hostname'])

/**
 * Makes one line of a process's output readable: the JSON lines of pino become text, all others stay as they are. The
 * name of the process comes first.
 */
export function formatLine(name: string, line: string): string {
  return `${name.padEnd(8)} ${readable(line) ?? line}`
}

function readable(line: string): string | null {
  const entry = parseEntry(line)
  if (!entry) return null
  const level = LEVELS[Number(entry.level)] ?? String(entry.level)
  const rest = Object.entries(entry).filter(([key]) => !HIDDEN.has(key)).map(([key, value]) => `${key}=${show(value)}`)
  return [level === 'info' ? '' : `${level}: `, entry.msg, ...rest.map((field) => ` ${field}`)].join('')
}

function parseEntry(line: string): Record<string, unknown> | null {
  if (!line.startsWith('{')) return null
  try {
    const entry: unknown = JSON.parse(line)
    return typeof entry === 'object' && entry !== null && 'level' in entry && 'msg' in entry ? { ...entry } : null
  } catch {
    return null
  }
}

function show(value: unknown): string {
  return typeof value === 'string' && !/[\s"=]/.test(value) ? value : JSON.stringify(value)
}
