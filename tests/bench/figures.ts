/** One line of the table: what was measured, in milliseconds unless it says otherwise. */
export interface Measured {
  what: string
  values: readonly number[]
  /** Most that the median may be; for rates the least. */
  goal?: { value: number; atLeast?: true }
  unit?: 'ms' | '/s' | 'MiB'
  /** The line of `vitest run` on the same files, for the ratio. */
  comparedTo?: readonly number[]
}

const COLUMNS = ['median', 'p95', 'goal', '', 'vitest run', 'times faster'] as const
const LABEL_WIDTH = 44
const COLUMN_WIDTH = 13

/** The value below which a share of the values lie; of few values the nearest that was measured. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const found = sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]
  if (found === undefined) throw new Error('Nothing was measured')
  return found
}

/** The table as text. A goal that is missed says so. */
export function formatTable(rows: readonly Measured[]): string {
  return [line('', COLUMNS), ...rows.map((row) => line(row.what, columnsOf(row)))].join('\n')
}

function columnsOf({ values, goal, unit = 'ms', comparedTo }: Measured): string[] {
  const median = quantile(values, 0.5)
  const kept = goal && (goal.atLeast ? median >= goal.value : median <= goal.value)
  const ratio = comparedTo && quantile(comparedTo, 0.5) / median
  return [
    format(median, unit),
    values.length > 1 ? format(quantile(values, 0.95), unit) : '',
    goal ? `${goal.atLeast ? '>=' : '<='} ${format(goal.value, unit)}` : '',
    goal ? (kept ? 'kept' : 'MISSED') : '',
    comparedTo ? format(quantile(comparedTo, 0.5), 'ms') : '',
    ratio ? `${ratio.toFixed(1)}x` : '',
  ]
}

function format(value: number, unit: string): string {
  return `${value >= 100 ? Math.round(value) : value.toFixed(1)} ${unit}`
}

function line(label: string, columns: readonly string[]): string {
  return (label.padEnd(LABEL_WIDTH) + columns.map((column) => column.padStart(COLUMN_WIDTH)).join('')).trimEnd()
}
