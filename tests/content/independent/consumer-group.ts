/** Partitions are plain objects that know their place; each strategy is a function from subscriptions to a map of owners. */

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
  topic: string
  name: string
}

interface Member {
  readonly name: string
  topics: ReadonlySet<string>
  lastSeen: number
}

/** Who owns which partition; those without a subscriber are missing. */
type Owners = Map<Partition, Member>

/** What a strategy has to go by. Members are sorted by name, partitions by topic and number. */
interface Situation {
  members: readonly Member[]
  partitions: readonly Partition[]
  before: Owners
}

function byTopic(partitions: readonly Partition[]): Map<string, Partition[]> {
  const groups = new Map<string, Partition[]>()
  for (const partition of partitions) {
    const group = groups.get(partition.topic)
    if (group) group.push(partition)
    else groups.set(partition.topic, [partition])
  }
  return groups
}

const subscribers = (members: readonly Member[], topic: string) => members.filter(({ topics }) => topics.has(topic))

function range({ members, partitions }: Situation): Owners {
  const owners: Owners = new Map()
  for (const [topic, ofTopic] of byTopic(partitions)) {
    const readers = subscribers(members, topic)
    let from = 0
    for (const [i, reader] of readers.entries()) {
      const isLonger = i < ofTopic.length % readers.length
      const to = from + Math.floor(ofTopic.length / readers.length) + (isLonger ? 1 : 0)
      for (const partition of ofTopic.slice(from, to)) owners.set(partition, reader)
      from = to
    }
  }
  return owners
}

function roundRobin({ members, partitions }: Situation): Owners {
  const owners: Owners = new Map()
  let seat = 0
  for (const partition of partitions) {
    for (let step = 0; step < members.length; step++) {
      const member = members[(seat + step) % members.length]
      if (!member?.topics.has(partition.topic)) continue
      owners.set(partition, member)
      seat += step + 1
      break
    }
  }
  return owners
}

/** What a member holds while the sticky strategy is at work. */
class Hand {
  readonly member: Member
  readonly #topics = new Map<string, Partition[]>()
  size = 0

  constructor(member: Member) {
    this.member = member
  }

  /** Topics of which it holds something. */
  get topics(): string[] {
    return [...this.#topics.keys()]
  }

  put(partition: Partition): void {
    const ofTopic = this.#topics.get(partition.topic)
    if (ofTopic) ofTopic.push(partition)
    else this.#topics.set(partition.topic, [partition])
    this.size++
  }

  take(topic: string): Partition | undefined {
    const ofTopic = this.#topics.get(topic)
    const partition = ofTopic?.pop()
    if (ofTopic?.length === 0) this.#topics.delete(topic)
    if (partition) this.size--
    return partition
  }

  all(): Partition[] {
    return [...this.#topics.values()].flat()
  }
}

function smallest(hands: readonly Hand[]): Hand | undefined {
  let least = hands[0]
  for (const hand of hands) if (least && hand.size < least.size) least = hand
  return least
}

/** Keeps what it can, gives the rest to whoever has least, and then moves from the fullest down until it is balanced. */
function sticky({ members, partitions, before }: Situation): Owners {
  const hands = new Map(members.map((member) => [member, new Hand(member)]))
  const readers = new Map<string, Hand[]>()
  for (const hand of hands.values()) {
    for (const topic of hand.member.topics) readers.set(topic, [...(readers.get(topic) ?? []), hand])
  }

  const orphans: Partition[] = []
  for (const partition of partitions) {
    const owner = before.get(partition)
    const hand = owner?.topics.has(partition.topic) ? hands.get(owner) : undefined
    if (hand) hand.put(partition)
    else orphans.push(partition)
  }
  for (const partition of orphans) smallest(readers.get(partition.topic) ?? [])?.put(partition)

  /** One partition from the fullest hand that can give, to the emptiest that can take it. */
  const moveOne = (): boolean => {
    for (const giver of [...hands.values()].sort((a, b) => b.size - a.size)) {
      const takers = giver.topics.flatMap((topic) => {
        const taker = smallest(readers.get(topic) ?? [])
        return taker ? [{ topic, taker }] : []
      })
      takers.sort((a, b) => a.taker.size - b.taker.size)
      const [best] = takers
      if (!best || best.taker.size + 2 > giver.size) continue
      const partition = giver.take(best.topic)
      if (partition) best.taker.put(partition)
      return true
    }
    return false
  }
  // Each move brings two sizes closer together, so this ends.
  while (moveOne());

  const owners: Owners = new Map()
  for (const hand of hands.values()) {
    for (const partition of hand.all()) owners.set(partition, hand.member)
  }
  return owners
}

const STRATEGIES = { range, roundrobin: roundRobin, sticky }

/** Decides which member of a group reads which partition, and remembers how far the group has come. */
export class GroupCoordinator {
  readonly #assign: (situation: Situation) => Owners
  readonly #sessionMs: number
  readonly #now: () => number
  readonly #topics: ReadonlySet<string>
  /** Sorted by topic and then by number. */
  readonly #partitions: readonly Partition[]
  readonly #members = new Map<string, Member>()
  readonly #offsets = new Map<string, number>()
  #owners: Owners = new Map()
  #assignments = new Map<string, string[]>()
  #generation = 0

  constructor(opts: GroupOpts) {
    if (!(opts.sessionMs > 0)) throw new RangeError('sessionMs must be above 0')
    const counts = new Map(Object.entries(opts.partitions))
    for (const [topic, count] of counts) {
      if (!Number.isInteger(count) || count < 0) throw new RangeError(`${topic} cannot have ${count} partitions`)
    }
    this.#assign = STRATEGIES[opts.strategy]
    this.#sessionMs = opts.sessionMs
    this.#now = opts.now
    this.#topics = new Set(counts.keys())
    this.#partitions = [...counts.keys()]
      .sort()
      .flatMap((topic) => Array.from({ length: counts.get(topic) ?? 0 }, (_, i) => ({ topic, name: `${topic}-${i}` })))
  }

  /** The generation that is now current. */
  join(member: string, topics: readonly string[]): number {
    const wanted = new Set(topics)
    for (const topic of wanted) {
      if (!this.#topics.has(topic)) throw new RangeError(`no topic ${topic}`)
    }
    const known = this.#members.get(member)
    if (known) {
      known.lastSeen = this.#now()
      const isSame = known.topics.size === wanted.size && [...wanted].every((topic) => known.topics.has(topic))
      if (isSame) return this.#generation
      known.topics = wanted
    } else {
      this.#members.set(member, { name: member, topics: wanted, lastSeen: this.#now() })
    }
    this.#beginGeneration()
    return this.#generation
  }

  leave(member: string): void {
    if (this.#members.delete(member)) this.#beginGeneration()
  }

  heartbeat(member: string, generation: number): 'ok' | 'rejoin' | 'unknown' {
    const known = this.#members.get(member)
    if (!known) return 'unknown'
    known.lastSeen = this.#now()
    return generation === this.#generation ? 'ok' : 'rejoin'
  }

  /** Removes members that have been silent for too long. */
  tick(): void {
    const now = this.#now()
    const silent = [...this.#members.values()].filter(({ lastSeen }) => now - lastSeen >= this.#sessionMs)
    for (const { name } of silent) this.#members.delete(name)
    if (silent.length > 0) this.#beginGeneration()
  }

  get generation(): number {
    return this.#generation
  }

  assignment(member: string): string[] {
    return [...(this.#assignments.get(member) ?? [])]
  }

  commit(member: string, generation: number, partition: string, nextOffset: number): void {
    if (!this.#members.has(member) || generation !== this.#generation) {
      throw new IllegalGenerationError(`${member} is not in generation ${generation}`)
    }
    if (!this.#assignments.get(member)?.includes(partition)) {
      throw new NotOwnerError(`${partition} does not belong to ${member}`)
    }
    if (!Number.isInteger(nextOffset) || nextOffset < 0) throw new RangeError(`${nextOffset} is not an offset`)
    this.#offsets.set(partition, nextOffset)
  }

  committed(partition: string): number | null {
    return this.#offsets.get(partition) ?? null
  }

  #beginGeneration(): void {
    this.#generation++
    const names = [...this.#members.keys()].sort()
    const members = names.flatMap((name) => this.#members.get(name) ?? [])
    this.#owners = this.#assign({ members, partitions: this.#partitions, before: this.#owners })
    this.#assignments = new Map()
    for (const partition of this.#partitions) {
      const owner = this.#owners.get(partition)
      if (!owner) continue
      const names = this.#assignments.get(owner.name)
      if (names) names.push(partition.name)
      else this.#assignments.set(owner.name, [partition.name])
    }
  }
}
