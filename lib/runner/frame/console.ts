import { formatWithOptions } from 'node-inspect-extracted'
import type { ConsoleLine } from '@/lib/contract/run'

const LEVELS = ['log', 'info', 'warn', 'error', 'debug'] as const

/** As Node prints, but a little deeper, and without calling methods that the printed value defines for itself. */
const STYLE = { depth: 4, maxArrayLength: 50, maxStringLength: 2_000, customInspect: false, breakLength: 100 }

/** From this length on the printer's own listing of keys takes longer than anyone wants to wait for a line. */
const LONG = 2_000

/** The lines of an Error's stack inside the text: they name compiled code, and each line's own place is kept apart. */
const STACK_LINES =
  /\n\s+(?:at .*(?::\d+:\d+|\(<anonymous>)|\S*@\S*:\d+:\d+|\.{3} collapsed \d+ duplicate lines.*)\)?(?=\n|$| )/g

export interface Printer {
  /** Whether another line is shown. Past the last one, a call costs next to nothing. */
  wanted: () => boolean
  print: (line: Omit<ConsoleLine, 'test'>) => void
}

/** Replaces the printing methods of the worker's console; the printer gets each call's text and raw stack. */
export function captureConsole({ wanted, print }: Printer): void {
  for (const level of LEVELS) {
    Object.defineProperty(console, level, {
      configurable: true,
      writable: true,
      value: (...values: unknown[]) => {
        if (wanted()) print({ level, text: textOf(values), stack: new Error().stack ?? null })
      },
    })
  }
}

/** A value whose getters or traps throw must not end the program that prints it. */
function textOf(values: unknown[]): string {
  try {
    return formatWithOptions(STYLE, ...values.map(shortened)).replace(STACK_LINES, '')
  } catch {
    return '(a value that cannot be printed)'
  }
}

function shortened(value: unknown): unknown {
  const long = (Array.isArray(value) || ArrayBuffer.isView(value)) && 'length' in value && Number(value.length) > LONG
  if (!long) return value
  const list = value as unknown as ArrayLike<unknown>
  return [...Array.prototype.slice.call(list, 0, STYLE.maxArrayLength - 1), `... ${list.length} items in all`]
}
