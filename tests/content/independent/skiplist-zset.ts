/** A skip list of towers whose links carry the rank they lead to; every question is a descent with another stopping rule. */

export interface Bound {
  score: number
  exclusive?: boolean
}

interface Link {
  next: Tower | null
  /** How many places `next` lies behind; meaningless without `next`. */
  span: number
}

interface Tower {
  readonly member: string
  score: number
  readonly links: Link[]
}

/** Where a descent left a level: the last tower before the goal, and how many entries lie before or in it. */
interface Step {
  tower: Tower
  place: number
}

const GROWTH = 0.25

export class ZSet {
  private readonly towers = new Map<string, Tower>()
  private readonly head: Tower = { member: '', score: Number.NEGATIVE_INFINITY, links: [{ next: null, span: 0 }] }
  private readonly rng: () => number
  private readonly maxLevel: number

  constructor(opts: { rng?: () => number; maxLevel?: number } = {}) {
    this.rng = opts.rng ?? Math.random
    this.maxLevel = opts.maxLevel ?? 32
  }

  get size(): number {
    return this.towers.size
  }

  /** Levels in use, at least 1. */
  get level(): number {
    return this.head.links.length
  }

  add(score: number, member: string): 'added' | 'updated' | 'same' {
    ensureNumber(score)
    const tower = this.towers.get(member)
    if (tower === undefined) {
      const fresh: Tower = { member, score, links: this.drawLinks() }
      this.link(fresh)
      this.towers.set(member, fresh)
      return 'added'
    }
    if (tower.score === score) return 'same'
    this.unlink(tower)
    tower.score = score
    this.link(tower)
    return 'updated'
  }

  /** The new score. */
  incrBy(delta: number, member: string): number {
    const sum = (this.score(member) ?? 0) + delta
    this.add(sum, member)
    return sum
  }

  /** Whether the member was there. */
  remove(member: string): boolean {
    const tower = this.towers.get(member)
    if (tower === undefined) return false
    this.unlink(tower)
    this.towers.delete(member)
    return true
  }

  score(member: string): number | undefined {
    return this.towers.get(member)?.score
  }

  /** How many members come before this one, or null if it is not there. */
  rank(member: string, reverse = false): number | null {
    const tower = this.towers.get(member)
    if (tower === undefined) return null
    const before = this.countWhile((other) => compare(other, tower) < 0)
    return reverse ? this.size - 1 - before : before
  }

  rangeByRank(start: number, stop: number, reverse = false): Array<[string, number]> {
    const first = Math.max(0, start < 0 ? start + this.size : start)
    const last = Math.min(this.size - 1, stop < 0 ? stop + this.size : stop)
    if (first > last) return []
    return reverse ? this.slice(this.size - 1 - last, this.size - first).reverse() : this.slice(first, last + 1)
  }

  rangeByScore(min: Bound, max: Bound, opts: { offset?: number; count?: number } = {}): Array<[string, number]> {
    const { offset = 0, count = Number.POSITIVE_INFINITY } = opts
    const [from, to] = this.places(min, max)
    const first = from + offset
    return this.slice(first, Math.min(to, first + count))
  }

  count(min: Bound, max: Bound): number {
    const [from, to] = this.places(min, max)
    return Math.max(0, to - from)
  }

  /** The ranks between which the bounds enclose the entries, the second not included. */
  private places(min: Bound, max: Bound): [from: number, to: number] {
    ensureNumber(min.score)
    ensureNumber(max.score)
    const from = this.countWhile(({ score }) => score < min.score || (min.exclusive === true && score === min.score))
    const to = this.countWhile(({ score }) => score < max.score || (max.exclusive !== true && score === max.score))
    return [from, to]
  }

  /** The entries with ranks from `from` on and below `to`. */
  private slice(from: number, to: number): Array<[string, number]> {
    const listed: Array<[string, number]> = []
    if (from >= to) return listed
    let tower = this.descend((_, place) => place <= from)[0]?.tower.links[0]?.next ?? null
    for (let rank = from; rank < to && tower !== null; rank++) {
      listed.push([tower.member, tower.score])
      tower = tower.links[0]?.next ?? null
    }
    return listed
  }

  /** How many entries at the beginning satisfy a condition that holds up to some entry and no further. */
  private countWhile(holds: (tower: Tower) => boolean): number {
    return this.descend(holds)[0]?.place ?? 0
  }

  /** Goes as far as `holds`, told each tower and its place from 1 on; the result has a step for each level, the lowest first. */
  private descend(holds: (tower: Tower, place: number) => boolean): Step[] {
    const path: Step[] = []
    let tower = this.head
    let place = 0
    for (let level = this.level - 1; level >= 0; level--) {
      for (;;) {
        const link = tower.links[level]
        if (link === undefined || link.next === null || !holds(link.next, place + link.span)) break
        tower = link.next
        place += link.span
      }
      path[level] = { tower, place }
    }
    return path
  }

  private link(tower: Tower): void {
    while (this.head.links.length < tower.links.length) this.head.links.push({ next: null, span: 0 })
    const path = this.descend((other) => compare(other, tower) < 0)
    const before = path[0]?.place ?? 0
    for (const [level, step] of path.entries()) {
      const incoming = step.tower.links[level]
      if (incoming === undefined) continue
      const own = tower.links[level]
      if (own === undefined) {
        incoming.span++
        continue
      }
      const distance = before + 1 - step.place
      own.next = incoming.next
      own.span = incoming.span + 1 - distance
      incoming.next = tower
      incoming.span = distance
    }
  }

  private unlink(tower: Tower): void {
    for (const [level, step] of this.descend((other) => compare(other, tower) < 0).entries()) {
      const incoming = step.tower.links[level]
      if (incoming === undefined) continue
      const own = tower.links[level]
      if (own === undefined) {
        incoming.span--
        continue
      }
      incoming.next = own.next
      incoming.span += own.span - 1
    }
    const { links } = this.head
    while (links.length > 1 && links[links.length - 1]?.next === null) links.pop()
  }

  private drawLinks(): Link[] {
    const links: Link[] = [{ next: null, span: 0 }]
    while (links.length < this.maxLevel && this.rng() < GROWTH) links.push({ next: null, span: 0 })
    return links
  }
}

function compare(a: Tower, b: Tower): number {
  if (a.score !== b.score) return a.score < b.score ? -1 : 1
  return compareCodePoints(a.member, b.member)
}

/** The order of UTF-8 bytes, which differs from `<` where a pair of surrogates meets a character from U+E000 on. */
function compareCodePoints(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  for (let i = 0; i < shorter; ) {
    const x = a.codePointAt(i) ?? 0
    const y = b.codePointAt(i) ?? 0
    if (x !== y) return x - y
    i += x > 0xffff ? 2 : 1
  }
  return a.length - b.length
}

function ensureNumber(score: number): void {
  if (Number.isNaN(score)) throw new RangeError('a score must be a number')
}
