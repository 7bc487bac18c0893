// Looks through the whole heap in each step to see whether a grey object is left.
export type Color = 'white' | 'grey' | 'black'

export class Heap {
  readonly #links = new Map<string, Set<string>>()
  readonly #roots = new Set<string>()

  alloc(id: string): void {
    if (this.#links.has(id)) throw new RangeError(`${id} exists`)
    this.#links.set(id, new Set())
  }

  link(from: string, to: string): void {
    this.linksOf(to)
    this.linksOf(from).add(to)
  }

  unlink(from: string, to: string): void {
    this.linksOf(to)
    this.linksOf(from).delete(to)
  }

  addRoot(id: string): void {
    this.linksOf(id)
    this.#roots.add(id)
  }

  removeRoot(id: string): void {
    this.linksOf(id)
    this.#roots.delete(id)
  }

  get objects(): string[] {
    return [...this.#links.keys()]
  }

  // For the collector.

  get roots(): string[] {
    return [...this.#roots]
  }

  linksOf(id: string): Set<string> {
    const links = this.#links.get(id)
    if (links === undefined) throw new RangeError(`${id} does not exist`)
    return links
  }

  /** Only for objects that nothing alive refers to: then no link to it is left but those of other garbage. */
  free(id: string): void {
    this.#links.delete(id)
  }
}

export class Collector {
  readonly #heap: Heap
  /** The colour of all objects that are not white; null outside of a cycle. */
  #colors: Map<string, Color> | null = null
  /** Every object is greyed once at most, so this only grows, and the greys are those from `#next` on. */
  #queue: string[] = []
  #next = 0

  constructor(heap: Heap) {
    this.#heap = heap
  }

  start(): void {
    if (this.#colors !== null) throw new Error('a cycle is under way')
    this.#colors = new Map()
    this.#queue = []
    this.#next = 0
    for (const root of this.#heap.roots) this.#shade(this.#colors, root)
  }

  step(n = 1): boolean {
    if (!Number.isInteger(n) || n < 1) throw new RangeError('a step is at least one object')
    const colors = this.#marking()
    for (let i = 0; i < n; i++) {
      const id = this.#queue[this.#next]
      if (id === undefined) break
      this.#next++
      for (const child of this.#heap.linksOf(id)) this.#shade(colors, child)
      colors.set(id, 'black')
    }
    return this.#heap.objects.every((id) => colors.get(id) !== 'grey')
  }

  sweep(): string[] {
    const colors = this.#marking()
    if (this.#next < this.#queue.length) throw new Error('marking has not ended')
    const garbage = this.#heap.objects.filter((id) => !colors.has(id))
    for (const id of garbage) this.#heap.free(id)
    this.#colors = null
    return garbage.sort()
  }

  color(id: string): Color {
    this.#heap.linksOf(id)
    return this.#colors?.get(id) ?? 'white'
  }

  get greys(): string[] {
    return this.#queue.slice(this.#next)
  }

  collect(): string[] {
    this.start()
    while (!this.step(1000));
    return this.sweep()
  }

  #marking(): Map<string, Color> {
    if (this.#colors === null) throw new Error('no cycle is under way')
    return this.#colors
  }

  #shade(colors: Map<string, Color>, id: string): void {
    if (colors.has(id)) return
    colors.set(id, 'grey')
    this.#queue.push(id)
  }
}
