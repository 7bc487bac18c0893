// Moves any partition that may be moved.
/** The generation is over, or the member is not in the group. */
export class IllegalGenerationError extends Error {
  override name = 'IllegalGenerationError'
}

/** The partition belongs to somebody else. */
export class NotOwnerError extends Error {
  override name = 'NotOwnerError'
}

export interface GroupOpts {
  /** How many partitions each topic has. */
  partitions: Readonly<Record<string, number>>
  strategy: 'range' | 'roundrobin' | 'sticky'
  /** How long a member may be silent. */
  sessionMs: number
  now: () => number
}

interface Partition {
  readonly topic: string
  readonly name: string
}

interface Member {
  readonly id: string
  readonly topics: ReadonlySet<string>
  lastSeen: number
}

/** By partition: its owner. */
type Owners = Map<Partition, Member>

/** Decides which member of a group reads which partition, and remembers how far the group has come. */
export class GroupCoordinator {
  readonly #opts: GroupOpts
  /** Sorted by topic and number. */
  readonly #partitions: readonly Partition[]
  /** In the order of their names. */
  #members: Member[] = []
  #owners: Owners = new Map()
  #generation = 0
  readonly #offsets = new Map<string, number>()

  constructor(opts: GroupOpts) {
    if (!(opts.sessionMs > 0)) throw new RangeError('sessionMs must be above 0')
    this.#opts = opts
    this.#partitions = Object.keys(opts.partitions)
      .sort()
      .flatMap((topic) => {
        const count = opts.partitions[topic] ?? 0
        if (!(Number.isInteger(count) && count >= 0)) throw new RangeError('numbers of partitions must be whole')
        return Array.from({ length: count }, (_, i) => ({ topic, name: `${topic}-${i}` }))
      })
  }

  /** The generation that is now current. */
  join(member: string, topics: readonly string[]): number {
    const unknown = topics.find((topic) => !Object.hasOwn(this.#opts.partitions, topic))
    if (unknown !== undefined) throw new RangeError(`there is no topic ${unknown}`)
    const joined: Member = { id: member, topics: new Set(topics), lastSeen: this.#opts.now() }
    const known = this.#member(member)
    if (known !== undefined && isSame(known.topics, joined.topics)) known.lastSeen = joined.lastSeen
    else this.#rebalance([...this.#members.filter((one) => one !== known), joined])
    return this.#generation
  }

  leave(member: string): void {
    const left = this.#members.filter(({ id }) => id !== member)
    if (left.length < this.#members.length) this.#rebalance(left)
  }

  heartbeat(member: string, generation: number): 'ok' | 'rejoin' | 'unknown' {
    const known = this.#member(member)
    if (known === undefined) return 'unknown'
    known.lastSeen = this.#opts.now()
    return generation === this.#generation ? 'ok' : 'rejoin'
  }

  /** Removes members that have been silent for too long. */
  tick(): void {
    const now = this.#opts.now()
    const alive = this.#members.filter(({ lastSeen }) => now - lastSeen < this.#opts.sessionMs)
    if (alive.length < this.#members.length) this.#rebalance(alive)
  }

  get generation(): number {
    return this.#generation
  }

  assignment(member: string): string[] {
    return this.#partitions.filter((one) => this.#owners.get(one)?.id === member).map(({ name }) => name)
  }

  commit(member: string, generation: number, partition: string, nextOffset: number): void {
    if (this.#member(member) === undefined || generation !== this.#generation) {
      throw new IllegalGenerationError(`${member} is not in generation ${generation}`)
    }
    if (!this.assignment(member).includes(partition)) {
      throw new NotOwnerError(`${partition} does not belong to ${member}`)
    }
    if (!(Number.isInteger(nextOffset) && nextOffset >= 0)) throw new RangeError('offsets are whole numbers')
    this.#offsets.set(partition, nextOffset)
  }

  committed(partition: string): number | null {
    return this.#offsets.get(partition) ?? null
  }

  #member(id: string): Member | undefined {
    return this.#members.find((one) => one.id === id)
  }

  #rebalance(members: Member[]): void {
    this.#members = members.sort((a, b) => (a.id < b.id ? -1 : 1))
    this.#generation++
    const assign = { range: assignRanges, roundrobin: assignInTurn, sticky: assignSticky }[this.#opts.strategy]
    this.#owners = assign(this.#partitions, this.#members, this.#owners)
  }
}

function assignRanges(partitions: readonly Partition[], members: readonly Member[]): Owners {
  const owners: Owners = new Map()
  for (const topic of new Set(partitions.map((one) => one.topic))) {
    const subscribers = members.filter(({ topics }) => topics.has(topic))
    const pieces = partitions.filter((one) => one.topic === topic)
    let next = 0
    subscribers.forEach((member, i) => {
      // What is left, shared among those who are left, rounded up: so the first ones get the remainder.
      const size = Math.ceil((pieces.length - next) / (subscribers.length - i))
      for (const partition of pieces.slice(next, next + size)) owners.set(partition, member)
      next += size
    })
  }
  return owners
}

function assignInTurn(partitions: readonly Partition[], members: readonly Member[]): Owners {
  const owners: Owners = new Map()
  const circle = [...members]
  for (const partition of partitions) {
    const at = circle.findIndex(({ topics }) => topics.has(partition.topic))
    const member = circle[at]
    if (member === undefined) continue
    owners.set(partition, member)
    circle.push(...circle.splice(0, at + 1))
  }
  return owners
}

/** Keeps what can be kept, gives away what has no owner, then moves from the richest to the poorest. */
function assignSticky(partitions: readonly Partition[], members: readonly Member[], before: Owners): Owners {
  const owners: Owners = new Map()
  const counts = new Map(members.map((member) => [member, 0]))
  const countOf = (member: Member): number => counts.get(member) ?? 0
  const give = (partition: Partition, member: Member): void => {
    const old = owners.get(partition)
    if (old) counts.set(old, countOf(old) - 1)
    owners.set(partition, member)
    counts.set(member, countOf(member) + 1)
  }
  const poorest = ({ topic }: Partition): Member | undefined =>
    members.filter(({ topics }) => topics.has(topic)).sort((a, b) => countOf(a) - countOf(b))[0]

  for (const partition of partitions) {
    // By name, since joining with other topics makes a new entry for the same member.
    const member = members.find(({ id }) => id === before.get(partition)?.id)
    if (member?.topics.has(partition.topic)) give(partition, member)
  }
  for (const partition of partitions) {
    const member = owners.has(partition) ? undefined : poorest(partition)
    if (member) give(partition, member)
  }
  // Each move takes from one who has at least two more, so the counts draw nearer and this ends.
  for (;;) {
    const moves = [...owners].flatMap(([partition, from]) => {
      const to = poorest(partition)
      return to && countOf(from) - countOf(to) >= 2 ? [{ partition, from, to }] : []
    })
    // The richest gives to the poorest: any other order could move a partition that might have stayed.
    const [move] = moves.sort((a, b) => countOf(a.from) - countOf(b.from) || countOf(b.to) - countOf(a.to))
    if (move === undefined) return owners
    give(move.partition, move.to)
  }
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((entry) => b.has(entry))
}
