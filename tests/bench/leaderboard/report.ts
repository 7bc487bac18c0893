import { quantile } from '../figures'

/** One line: what was measured, milliseconds unless it says otherwise. */
export interface Measured {
  what: string
  values: readonly number[]
  /** Most that 95 of 100 may take. */
  goal?: number
  /** The plain query for the same. */
  plain?: readonly number[]
  unit?: 'ms' | '/s' | 'MiB'
}

const LABEL_WIDTH = 50
const COLUMN_WIDTH = 11

export function formatReport(rows: readonly Measured[]): string {
  return [line('', ['median', 'p95', 'most', 'goal p95', '', 'plain', 'times']), ...rows.map(format)].join('\n')
}

function format({ what, values, goal, plain, unit = 'ms' }: Measured): string {
  const show = (value: number) => `${value.toFixed(value >= 100 ? 0 : 1)} ${unit}`
  const [median, p95] = [quantile(values, 0.5), quantile(values, 0.95)]
  const other = plain && quantile(plain, 0.5)
  return line(what, [
    show(median),
    ...(values.length > 1 ? [show(p95), show(Math.max(...values))] : ['', '']),
    ...(goal === undefined ? ['', ''] : [`<= ${goal} ms`, p95 <= goal ? 'kept' : 'MISSED']),
    ...(other === undefined ? [] : [show(other), `${(other / median).toFixed(0)}x`]),
  ])
}

function line(label: string, columns: readonly string[]): string {
  return (label.padEnd(LABEL_WIDTH) + columns.map((column) => column.padStart(COLUMN_WIDTH)).join('')).trimEnd()
}
