import { readCells } from './cells'
import type { Heap } from './heap'
import { type Kind, kindOf, VIEWS, viewName } from './kinds'
import { writeCells } from './write-cells'

/*
 * What a driver is given. Data that both ends hold can be changed by either, also by a solution that speaks the protocol
 * itself. A test that calls the solution has handed its data over, as in one process; one that starts a driver has not:
 * it goes on to work out from the same data what should have come of it. So a driver gets copies.
 */

/** Kinds whose empty copies are filled by their cells. */
const OF_CELLS: ReadonlySet<Kind> = new Set<Kind>(['a', 'd', 'n', 'm', 't', 'D'])
const NOTHING_HIDDEN = (): boolean => false

/** The arguments, in which all data of the tests is copied. What the solution owns, and what has behaviour, stays itself. */
export function copyForDriver(heap: Heap, args: readonly unknown[]): unknown[] {
  const copies = new Map<object, object>()
  const copied = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    const known = copies.get(value)
    if (known) return known
    const entry = heap.entryOf(value)
    if (entry && !heap.isOwn(entry)) return value
    const kind = kindOf(value)
    const copy = emptyLike(kind, value, copied)
    if (copy === null) return value
    copies.set(value, copy)
    if (OF_CELLS.has(kind)) writeCells(kind, copy, readCells(kind, value).map(copied), NOTHING_HIDDEN, true)
    return copy
  }
  return args.map(copied)
}

/** What its copy starts from: buffers and views already hold theirs. Null for what is no data. */
function emptyLike(kind: Kind, value: object, copied: (part: unknown) => unknown): object | null {
  switch (kind) {
    case 'a':
      return []
    case 'd':
      return {}
    case 'n':
      return Object.create(null) as object
    case 'm':
      return new Map()
    case 't':
      return new Set()
    case 'D':
      return new Date(NaN)
    case 'B':
      return (value as ArrayBuffer).slice(0)
    case 'V':
      return copyOfView(value as Uint8Array, copied)
    default:
      return null
  }
}

function copyOfView(view: Uint8Array, copied: (part: unknown) => unknown): object | null {
  const View = VIEWS.get(viewName(view))
  return View ? new View(copied(view.buffer) as ArrayBuffer, view.byteOffset, view.length) : null
}
