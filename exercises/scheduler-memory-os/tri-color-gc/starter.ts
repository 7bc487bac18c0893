export type Color = 'white' | 'grey' | 'black'

/** Objects with links to each other, and the roots from which a program reaches them. */
export class Heap {
  alloc(id: string): void {
    throw new Error('not implemented')
  }

  link(from: string, to: string): void {
    throw new Error('not implemented')
  }

  unlink(from: string, to: string): void {
    throw new Error('not implemented')
  }

  addRoot(id: string): void {
    throw new Error('not implemented')
  }

  removeRoot(id: string): void {
    throw new Error('not implemented')
  }

  /** All objects, in the order in which they were made. */
  get objects(): string[] {
    throw new Error('not implemented')
  }
}

export class Collector {
  constructor(heap: Heap) {
    throw new Error('not implemented')
  }

  /** Begins a cycle. */
  start(): void {
    throw new Error('not implemented')
  }

  /** Blackens up to n grey objects; true when no grey one is left. */
  step(n = 1): boolean {
    throw new Error('not implemented')
  }

  /** Frees what is white and ends the cycle. */
  sweep(): string[] {
    throw new Error('not implemented')
  }

  color(id: string): Color {
    throw new Error('not implemented')
  }

  /** The grey objects, in the order in which they will be taken. */
  get greys(): string[] {
    throw new Error('not implemented')
  }

  /** A whole cycle. */
  collect(): string[] {
    throw new Error('not implemented')
  }
}
