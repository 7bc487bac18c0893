import { randomUUID } from 'node:crypto'

const RIGHT = 'export const add = (a: number, b: number): number => a + b'
const WRONG = 'export const add = (a: number, b: number): number => a - b'

/** An honest solution, different each time so that it has to be graded; every third one is wrong. */
export function sourceOf(turn: number): string {
  return `${turn % 3 === 0 ? WRONG : RIGHT} // ${randomUUID()}\n`
}

/** The verdict that it must get. */
export function verdictOn(source: string): 'passed' | 'failed' {
  return source.startsWith(RIGHT) ? 'passed' : 'failed'
}
