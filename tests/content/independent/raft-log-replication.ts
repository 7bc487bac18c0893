/** Both ends hold a small log class that knows terms and positions; the leader commits at the median of what its members hold. */
export interface Entry {
  term: number
  command: string
}

export interface AppendEntries {
  term: number
  /** The entry before `entries`; 0: none. */
  prevLogIndex: number
  /** Its term; 0: none. */
  prevLogTerm: number
  entries: readonly Entry[]
  leaderCommit: number
}

export interface AppendReply {
  term: number
  success: boolean
  /** The last index that is known to agree; 0 in a refusal. */
  matchIndex: number
  /** In a refusal: where to go on. */
  conflictIndex?: number
  /** In a refusal: the follower's term at prevLogIndex, if it has an entry there. */
  conflictTerm?: number
}

/** Entries with indexes from 1, copied on their way in and out. */
class Log {
  readonly #entries: Entry[]

  constructor(entries: readonly Entry[]) {
    this.#entries = entries.map((entry) => ({ ...entry }))
  }

  get lastIndex(): number {
    return this.#entries.length
  }

  /** The term at an index; 0 where there is no entry. */
  termAt(index: number): number {
    return this.#entries[index - 1]?.term ?? 0
  }

  from(index: number): Entry[] {
    return this.#entries.slice(index - 1).map((entry) => ({ ...entry }))
  }

  commandsUpTo(index: number): string[] {
    return this.#entries.slice(0, index).map(({ command }) => command)
  }

  push(entry: Entry): void {
    this.#entries.push({ ...entry })
  }

  /** Removes everything from this index on. */
  cut(index: number): void {
    this.#entries.length = Math.min(this.#entries.length, index - 1)
  }

  /** The first index of the run of equal terms that `index` stands in. */
  runStart(index: number): number {
    const term = this.termAt(index)
    let first = index
    while (first > 1 && this.termAt(first - 1) === term) first--
    return first
  }

  /** The last index below `end` with this term, or 0. */
  lastOfTerm(term: number, end: number): number {
    let index = Math.min(end - 1, this.lastIndex)
    while (index > 0 && this.termAt(index) > term) index--
    return this.termAt(index) === term ? index : 0
  }
}

/** The receiving end of replication. Indexes start at 1. */
export class Follower {
  readonly #log: Log
  #term: number
  #commitIndex = 0

  constructor(term: number, log: readonly Entry[] = []) {
    this.#term = term
    this.#log = new Log(log)
  }

  handle(message: AppendEntries): AppendReply {
    const { prevLogIndex, prevLogTerm, entries } = message
    const log = this.#log
    if (message.term < this.#term) return this.#refusal({})
    this.#term = message.term

    if (prevLogIndex > log.lastIndex) return this.#refusal({ conflictIndex: log.lastIndex + 1 })
    if (prevLogIndex > 0 && log.termAt(prevLogIndex) !== prevLogTerm) {
      return this.#refusal({ conflictIndex: log.runStart(prevLogIndex), conflictTerm: log.termAt(prevLogIndex) })
    }

    const isHeld = ({ term }: Entry, i: number) => {
      const index = prevLogIndex + 1 + i
      return index <= log.lastIndex && log.termAt(index) === term
    }
    const firstNew = entries.findIndex((entry, i) => !isHeld(entry, i))
    if (firstNew !== -1) {
      log.cut(prevLogIndex + 1 + firstNew)
      for (const entry of entries.slice(firstNew)) log.push(entry)
    }

    const matchIndex = prevLogIndex + entries.length
    this.#commitIndex = Math.max(this.#commitIndex, Math.min(message.leaderCommit, matchIndex))
    return { term: this.#term, success: true, matchIndex }
  }

  get log(): readonly Entry[] {
    return this.#log.from(1)
  }

  get commitIndex(): number {
    return this.#commitIndex
  }

  /** The commands of all committed entries. */
  get applied(): readonly string[] {
    return this.#log.commandsUpTo(this.#commitIndex)
  }

  #refusal(hints: Pick<AppendReply, 'conflictIndex' | 'conflictTerm'>): AppendReply {
    return { term: this.#term, success: false, matchIndex: 0, ...hints }
  }
}

interface Progress {
  match: number
  next: number
}

/** The sending end of replication, for one term. */
export class Leader {
  readonly #term: number
  readonly #log: Log
  readonly #peers: ReadonlyMap<string, Progress>
  #commitIndex = 0
  #steppedDown = false

  constructor(opts: { term: number; peers: readonly string[]; log?: readonly Entry[] }) {
    this.#term = opts.term
    const log = new Log(opts.log ?? [])
    this.#log = log
    this.#peers = new Map(opts.peers.map((peer) => [peer, { match: 0, next: log.lastIndex + 1 }]))
  }

  /** Appends a command; its index. */
  propose(command: string): number {
    this.#requireLeadership()
    this.#log.push({ term: this.#term, command })
    this.#advanceCommit()
    return this.#log.lastIndex
  }

  messageFor(peer: string): AppendEntries {
    const { next } = this.#progressOf(peer)
    this.#requireLeadership()
    return {
      term: this.#term,
      prevLogIndex: next - 1,
      prevLogTerm: this.#log.termAt(next - 1),
      entries: this.#log.from(next),
      leaderCommit: this.#commitIndex,
    }
  }

  onReply(peer: string, reply: AppendReply): void {
    const progress = this.#progressOf(peer)
    if (this.#steppedDown || reply.term < this.#term) return
    if (reply.term > this.#term) {
      this.#steppedDown = true
      return
    }
    if (reply.success) {
      progress.match = Math.max(progress.match, reply.matchIndex)
      progress.next = Math.max(progress.next, reply.matchIndex + 1)
      this.#advanceCommit()
    } else {
      const target = this.#backUpTarget(progress.next, reply)
      progress.next = Math.max(progress.match + 1, Math.min(progress.next, target))
    }
  }

  get commitIndex(): number {
    return this.#commitIndex
  }

  get steppedDown(): boolean {
    return this.#steppedDown
  }

  /** The last index of this peer that is known to agree. */
  matchIndex(peer: string): number {
    return this.#progressOf(peer).match
  }

  #progressOf(peer: string): Progress {
    const progress = this.#peers.get(peer)
    if (!progress) throw new RangeError(`unknown peer ${peer}`)
    return progress
  }

  #requireLeadership(): void {
    if (this.#steppedDown) throw new Error('no longer the leader')
  }

  #backUpTarget(next: number, { conflictIndex = 1, conflictTerm }: AppendReply): number {
    const shared = conflictTerm === undefined ? 0 : this.#log.lastOfTerm(conflictTerm, next)
    return shared > 0 ? shared + 1 : conflictIndex
  }

  #advanceCommit(): void {
    const held = [this.#log.lastIndex, ...[...this.#peers.values()].map(({ match }) => match)]
    held.sort((a, b) => b - a)
    const byMajority = held[Math.floor(held.length / 2)] ?? 0
    // Terms never decrease: if this entry is of an older term, so is every one before it.
    if (byMajority > this.#commitIndex && this.#log.termAt(byMajority) === this.#term) this.#commitIndex = byMajority
  }
}
