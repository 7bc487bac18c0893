export type Side = 'one' | 'other'

/** Id of a marked line in the page. */
export function lineId(side: Side, line: number): string {
  return `${side}-${line}`
}
