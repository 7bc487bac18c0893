/* Subjects for every matcher. */

export class Node<T> {
  next: Node<T> | null = null
  constructor(readonly value: T) {}
  get isLast(): boolean {
    return this.next === null
  }
}
export class Graph {
  readonly nodes: Node<string>[] = []
  readonly byName = new Map<string, Node<string>>()
  add(name: string): this {
    const node = new Node(name)
    const last = this.nodes.at(-1)
    if (last) last.next = node
    this.nodes.push(node)
    this.byName.set(name, node)
    return this
  }
  get size(): number {
    return this.nodes.length
  }
  get length(): number {
    return this.nodes.length
  }
}
export class Money {
  constructor(
    readonly amount: number,
    readonly currency: string,
  ) {}
}
export class Price extends Money {}
/** As `Money`, by another class. */
export class Cash {
  constructor(
    readonly amount: number,
    readonly currency: string,
  ) {}
}
export class Optional {
  declare missing?: number
  empty: number | undefined = undefined
}

export const graph = (): Graph => new Graph().add('a').add('b')
export const user = () => ({
  id: 7,
  name: 'Ada',
  tags: ['x', 'y'],
  address: { city: 'London', lines: [{ no: 1 }, { no: 2 }], 'zip.code': 'N1' },
  since: new Date(0),
  nothing: null,
  missing: undefined,
  money: new Money(5, 'EUR'),
})
export const users = () => [{ id: 1, name: 'a' }, { id: 2, name: 'b', extra: true }]
export const text = (): string => 'The quick brown fox'
export const primitives = (): unknown[] => [0, 1, '', 'a', true, false, null, undefined, 1n]
export const third = (): number => 0.1 + 0.2
export const nested = (): number[][] => [[1, 2], [3]]
export const method = (): { run: () => number; name: string } => ({ run: () => 1, name: 'has a function' })
export const fn = function named(a: number, b: number): number {
  return a + b
}
export const asyncFn = async (): Promise<number> => 1
export const symbol = Symbol.for('handroll.matchers')
export const one = new Money(1, 'EUR')
export const list = [one, new Money(2, 'EUR')]
export const moneySet = () => new Set([new Money(1, 'EUR'), new Money(2, 'EUR')])
export const moneyMap = () => new Map([['a', new Money(1, 'EUR')]])
export const arrayLike = (): ArrayLike<string> => ({ length: 2, 0: 'a', 1: 'b' })
export const error = (): Error => new TypeError('an error', { cause: 'why' })
export const isEven = (n: number): boolean => n % 2 === 0
