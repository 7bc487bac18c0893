// Hints at the conflicting entry instead of the first one of its term.
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

/** The receiving end of replication. Indexes start at 1. */
export class Follower {
  #term: number
  readonly #log: Entry[]
  #commitIndex = 0
  readonly #applied: string[] = []

  constructor(term: number, log: readonly Entry[] = []) {
    this.#term = term
    this.#log = copied(log)
  }

  get log(): readonly Entry[] {
    return copied(this.#log)
  }

  get commitIndex(): number {
    return this.#commitIndex
  }

  /** The commands of all committed entries. */
  get applied(): readonly string[] {
    return [...this.#applied]
  }

  handle(message: AppendEntries): AppendReply {
    const { term, prevLogIndex, prevLogTerm, entries, leaderCommit } = message
    if (term < this.#term) return { term: this.#term, success: false, matchIndex: 0 }
    this.#term = term
    if (termAt(this.#log, prevLogIndex) !== prevLogTerm) return this.#refuse(prevLogIndex)

    this.#merge(prevLogIndex, entries)
    const matchIndex = prevLogIndex + entries.length
    // Behind matchIndex there may be entries of another leader: they are not known to be what was committed.
    this.#commit(Math.min(leaderCommit, matchIndex))
    return { term: this.#term, success: true, matchIndex }
  }

  #refuse(prevLogIndex: number): AppendReply {
    const refusal = { term: this.#term, success: false, matchIndex: 0 }
    const conflictTerm = termAt(this.#log, prevLogIndex)
    if (conflictTerm === undefined) return { ...refusal, conflictIndex: this.#log.length + 1 }
    const conflictIndex = prevLogIndex
    return { ...refusal, conflictIndex, conflictTerm }
  }

  #merge(prevLogIndex: number, entries: readonly Entry[]): void {
    const at = entries.findIndex((entry, i) => termAt(this.#log, prevLogIndex + 1 + i) !== entry.term)
    // A delayed message may tell less than is known already. That is no reason to forget anything.
    if (at === -1) return
    this.#log.length = prevLogIndex + at
    this.#log.push(...copied(entries.slice(at)))
  }

  #commit(index: number): void {
    while (this.#commitIndex < index) {
      const entry = this.#log[this.#commitIndex++]
      if (entry) this.#applied.push(entry.command)
    }
  }
}

interface Progress {
  matchIndex: number
  nextIndex: number
}

/** The sending end of replication, for one term. */
export class Leader {
  readonly #term: number
  readonly #log: Entry[]
  readonly #peers: ReadonlyMap<string, Progress>
  #commitIndex = 0
  #steppedDown = false

  constructor({ term, peers, log = [] }: { term: number; peers: readonly string[]; log?: readonly Entry[] }) {
    this.#term = term
    this.#log = copied(log)
    this.#peers = new Map(peers.map((peer) => [peer, { matchIndex: 0, nextIndex: log.length + 1 }]))
  }

  get commitIndex(): number {
    return this.#commitIndex
  }

  get steppedDown(): boolean {
    return this.#steppedDown
  }

  /** The last index of this peer that is known to agree. */
  matchIndex(peer: string): number {
    return this.#progressOf(peer).matchIndex
  }

  /** Appends a command; its index. */
  propose(command: string): number {
    this.#mustLead()
    this.#log.push({ term: this.#term, command })
    this.#advanceCommit()
    return this.#log.length
  }

  messageFor(peer: string): AppendEntries {
    const { nextIndex } = this.#progressOf(peer)
    this.#mustLead()
    return {
      term: this.#term,
      prevLogIndex: nextIndex - 1,
      prevLogTerm: termAt(this.#log, nextIndex - 1) ?? 0,
      entries: copied(this.#log.slice(nextIndex - 1)),
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
      progress.matchIndex = Math.max(progress.matchIndex, reply.matchIndex)
      progress.nextIndex = Math.max(progress.nextIndex, progress.matchIndex + 1)
      this.#advanceCommit()
    } else {
      const back = Math.min(progress.nextIndex, this.#retryFrom(reply, progress.nextIndex))
      progress.nextIndex = Math.max(progress.matchIndex + 1, back)
    }
  }

  /** Where the logs may meet again: skips a whole term with each refusal. */
  #retryFrom({ conflictIndex = 1, conflictTerm }: AppendReply, nextIndex: number): number {
    const before = this.#log.slice(0, nextIndex - 1)
    const last = before.findLastIndex((entry) => entry.term === conflictTerm)
    return last === -1 ? conflictIndex : last + 2
  }

  #advanceCommit(): void {
    const held = [this.#log.length, ...Array.from(this.#peers.values(), ({ matchIndex }) => matchIndex)]
    held.sort((a, b) => b - a)
    // Sorted downwards: a majority holds at least what the node in the middle holds.
    const index = held[Math.floor(held.length / 2)] ?? 0
    // An older entry may be held by a majority and still be replaced: only one of this term seals what is before it.
    if (index > this.#commitIndex && termAt(this.#log, index) === this.#term) this.#commitIndex = index
  }

  #progressOf(peer: string): Progress {
    const progress = this.#peers.get(peer)
    if (progress === undefined) throw new RangeError(`${peer} is not a peer`)
    return progress
  }

  #mustLead(): void {
    if (this.#steppedDown) throw new Error('no longer the leader')
  }
}

/** 0 in front of the first entry, undefined behind the last. */
function termAt(log: readonly Entry[], index: number): number | undefined {
  return index === 0 ? 0 : log[index - 1]?.term
}

function copied(entries: readonly Entry[]): Entry[] {
  return entries.map((entry) => ({ ...entry }))
}
