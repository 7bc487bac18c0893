/* What both sides of a random program do, and with what. A step is data, so that it can be written down and shrunk. */

/** A primitive of PRIMITIVES, or, from there on, what is in a slot. */
export type Value = number

/** `other` lets the other side act before this one goes on. */
export type Act =
  | { type: 'read' | 'own' | 'has' | 'put'; on: number; key: number; to: number }
  | { type: 'delete'; on: number; key: number }
  | { type: 'look' | 'keys' | 'levels' | 'spread' | 'json' | 'give' | 'fetch' | 'raise' | 'same'; on: number; to: number }
  | { type: 'set'; on: number; key: number; value: Value }
  | { type: 'define'; on: number; key: number; value: Value; flags: number }
  | { type: 'level'; on: number; level: number }
  | { type: 'make'; on: number; recipe: number; parts: Value[]; quiet: boolean }
  | { type: 'method'; on: number; pick: number; args: Value[] }
  | { type: 'through'; on: number; keys: number[]; pick: number; args: Value[] }
  | { type: 'call'; on: number; key: number; args: Value[] }
  | { type: 'detach'; on: number; key: number; other: Act[] }
  | { type: 'walk'; on: number; other: Act[] }
  | { type: 'other'; other: Act[] }
  | { type: 'flood' }

/** What a side offers to the other one. Programs are text, so that they cross without adding objects of their own. */
export interface Other {
  act(program: string, ...passed: unknown[]): void
  take(slot: number, value: unknown): unknown
  give(slot: number): unknown
  raise(slot: number): never
  see(...values: unknown[]): void
}

export const UNIQUE = Symbol.for('unique')
export const PRIMITIVES = [0, -0, 1, 2, NaN, 'a', '', true, null, undefined, 10n, UNIQUE]
/** Few, so that acts meet. `f` and `total` are what classes and options have as method and accessor. */
export const KEYS: PropertyKey[] = ['a', 'b', '0', '1', 'f', 'total', UNIQUE]
