/*
 * What the grid shows, as it is sent to the browser. Students and columns are told once, cells are short.
 */

export interface GridStudent {
  id: string
  name: string
  email: string
  externalId: string | null
  section: string | null
}

/** A column of marks: an exercise of a set, or the total of a set. */
export interface GridColumn {
  /** The item; for a total `total-` and the set. */
  id: string
  set: { id: string; title: string }
  /** Null for the total. */
  title: string | null
  /** Hundredths of a point. */
  max: number
  kind: 'required' | 'optional' | 'choice' | 'total'
}

/**
 * `full`, `part`, `zero`: points of those there are. `queued`: a submission waits for its verdict. `tooLate`: what was
 * handed in came when nothing was to be had any more. `none`: nothing was handed in. `exempt`: the student need not.
 * `closed`: the set has not opened.
 */
export const CELL_STATES = ['full', 'part', 'zero', 'queued', 'tooLate', 'none', 'exempt', 'closed'] as const
export type CellState = (typeof CELL_STATES)[number]

export interface GridCell {
  mark: number
  state: CellState
  lateDays: number
  /** Whether the mark was given by hand. */
  overridden: boolean
  /** Whether it is part of the total above it: of the set, or of the class. */
  counts: boolean
}

export interface GridRow {
  student: GridStudent
  total: number
  max: number
  /** One for each column. */
  cells: GridCell[]
}

/** What students can be picked by: what one of their cells is like. */
export const PICKS = ['none', 'late', 'queued', 'zero', 'part', 'full', 'overridden', 'exempt'] as const
export type Pick = (typeof PICKS)[number]

export interface GridView {
  /** `name`, `section`, `total` or the id of a column. */
  sort: string
  descending: boolean
  /** Part of a name, an address or an external id. */
  text: string
  /** Name of a section; empty for all. */
  section: string
  pick: Pick | ''
  /** Id of a set; empty for all. */
  set: string
}

export const FIRST_VIEW: GridView = { sort: 'name', descending: false, text: '', section: '', pick: '', set: '' }
