import type { Other } from './acts'
import { Side } from './side'

/* What the solution of a random program exports. */

let solution: Side | null = null

export function start(other: Other, passesAll: boolean): void {
  solution = new Side('solution', passesAll)
  solution.meet(other)
}
export const act = (program: string): void => solution?.act(program)
export const take = (slot: number, value: unknown): unknown => solution?.take(slot, value)
export const give = (slot: number): unknown => solution?.give(slot)
export const raise = (slot: number): unknown => solution?.raise(slot)
export const see = (): void => {}
export const finish = (): string => solution?.finish() ?? ''

/** Acts once the promise has settled, and fails with what it sees then. */
export async function later(program: string, promise: Promise<unknown>): Promise<unknown> {
  try {
    solution?.note('awaited', solution.brief(await promise))
  } catch (error) {
    solution?.note('refused', solution.brief(error))
  }
  act(program)
  return solution?.slots[0]
}
