/** Each object carries the number of the cycle that last saw it, so that starting a cycle whitens all; one array is the queue. */
export type Color = 'white' | 'grey' | 'black'

interface Cell {
  readonly id: string
  readonly links: Set<Cell>
  /** The cycle in which it was last coloured, and how. */
  seenIn: number
  isBlack: boolean
}

/** Objects with links to each other, and the roots from which a program reaches them. */
export class Heap {
  readonly #cells = new Map<string, Cell>()
  readonly #roots = new Set<Cell>()

  alloc(id: string): void {
    if (this.#cells.has(id)) throw new RangeError(`${id} exists already`)
    this.#cells.set(id, { id, links: new Set(), seenIn: 0, isBlack: false })
  }

  link(from: string, to: string): void {
    const [source, target] = [this.cell(from), this.cell(to)]
    source.links.add(target)
  }

  unlink(from: string, to: string): void {
    const [source, target] = [this.cell(from), this.cell(to)]
    source.links.delete(target)
  }

  addRoot(id: string): void {
    this.#roots.add(this.cell(id))
  }

  removeRoot(id: string): void {
    this.#roots.delete(this.cell(id))
  }

  /** All objects, in the order in which they were made. */
  get objects(): string[] {
    return [...this.#cells.keys()]
  }

  /** For the collector: roots in the order in which they were added. */
  get roots(): Iterable<Cell> {
    return this.#roots
  }

  /** For the collector. */
  cell(id: string): Cell {
    const cell = this.#cells.get(id)
    if (!cell) throw new RangeError(`${id} does not exist`)
    return cell
  }

  /** For the collector: removes all objects that are not to be kept, and names them. */
  freeUnless(isKept: (cell: Cell) => boolean): string[] {
    const freed = [...this.#cells.values()].filter((cell) => !isKept(cell))
    for (const cell of freed) {
      cell.links.clear()
      this.#roots.delete(cell)
      this.#cells.delete(cell.id)
    }
    return freed.map(({ id }) => id).sort()
  }
}

export class Collector {
  readonly #heap: Heap
  #cycle = 0
  #isMarking = false
  /** Objects in the order in which they became grey; those before `#done` are black. */
  #queue: Cell[] = []
  #done = 0

  constructor(heap: Heap) {
    this.#heap = heap
  }

  /** Begins a cycle. */
  start(): void {
    if (this.#isMarking) throw new Error('a cycle is under way')
    this.#isMarking = true
    this.#cycle++
    for (const root of this.#heap.roots) this.#shade(root)
  }

  /** Blackens up to n grey objects; true when no grey one is left. */
  step(n = 1): boolean {
    if (!Number.isInteger(n) || n < 1) throw new RangeError('n must be an integer of at least 1')
    this.#requireCycle()
    for (let i = 0; i < n; i++) {
      const cell = this.#queue[this.#done]
      if (!cell) break
      this.#done++
      for (const child of cell.links) this.#shade(child)
      cell.isBlack = true
    }
    return this.#isMarked
  }

  /** Frees what is white and ends the cycle. */
  sweep(): string[] {
    this.#requireCycle()
    if (!this.#isMarked) throw new Error('marking has not ended')
    const freed = this.#heap.freeUnless((cell) => this.#colorOf(cell) === 'black')
    this.#isMarking = false
    this.#queue = []
    this.#done = 0
    return freed
  }

  color(id: string): Color {
    return this.#colorOf(this.#heap.cell(id))
  }

  /** The grey objects, in the order in which they will be taken. */
  get greys(): string[] {
    return this.#queue.slice(this.#done).map(({ id }) => id)
  }

  /** A whole cycle. */
  collect(): string[] {
    this.start()
    this.step(Number.MAX_SAFE_INTEGER)
    return this.sweep()
  }

  get #isMarked(): boolean {
    return this.#done === this.#queue.length
  }

  #requireCycle(): void {
    if (!this.#isMarking) throw new Error('no cycle has been started')
  }

  #colorOf(cell: Cell): Color {
    if (!this.#isMarking || cell.seenIn !== this.#cycle) return 'white'
    return cell.isBlack ? 'black' : 'grey'
  }

  /** Makes a white object grey. */
  #shade(cell: Cell): void {
    if (cell.seenIn === this.#cycle) return
    cell.seenIn = this.#cycle
    cell.isBlack = false
    this.#queue.push(cell)
  }
}
