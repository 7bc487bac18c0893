// Takes half of the nodes for a majority.
export type Role = 'follower' | 'candidate' | 'leader'

export type Msg =
  | { type: 'RequestVote'; term: number; lastLogIndex: number; lastLogTerm: number }
  | { type: 'VoteReply'; term: number; granted: boolean }
  | { type: 'AppendEntries'; term: number }
  | { type: 'AppendReply'; term: number }

export interface RaftOpts {
  id: string
  /** The other nodes of the cluster. */
  peers: readonly string[]
  /** Gives numbers in [0, 1). */
  rng: () => number
  /** Shortest and longest time until an election; default 150 to 300. */
  electionMs?: readonly [number, number]
  /** Default 50. */
  heartbeatMs?: number
  /** The term of each log entry; default: no entries. */
  logTerms?: readonly number[]
  send: (to: string, message: Msg) => void
}

/** One node of a Raft cluster, as far as elections go. */
export class RaftNode {
  readonly #opts: RaftOpts
  readonly #lastLogIndex: number
  readonly #lastLogTerm: number
  #role: Role = 'follower'
  #term = 0
  #votedFor: string | null = null
  #leader: string | null = null
  /** Who has voted for this candidate in this term; a set, because replies may come twice. */
  #votes = new Set<string>()
  #now = 0
  /** When the election timer goes off, or for a leader the next heartbeat. */
  #due = 0

  constructor(opts: RaftOpts) {
    this.#opts = opts
    this.#lastLogIndex = opts.logTerms?.length ?? 0
    this.#lastLogTerm = opts.logTerms?.at(-1) ?? 0
    this.#setElectionTimer()
  }

  get role(): Role {
    return this.#role
  }

  get term(): number {
    return this.#term
  }

  /** The vote of the current term. */
  get votedFor(): string | null {
    return this.#votedFor
  }

  /** The leader of the current term, as far as the node knows. */
  get leader(): string | null {
    return this.#leader
  }

  /** Lets time pass. */
  advance(ms: number): void {
    if (!(ms >= 0)) throw new RangeError('time does not go back')
    const end = this.#now + ms
    while (this.#due <= end) {
      this.#now = this.#due
      if (this.#role === 'leader') this.#sendHeartbeats()
      else this.#campaign()
    }
    this.#now = end
  }

  receive(from: string, message: Msg): void {
    if (message.term > this.#term) this.#enterTerm(message.term)
    const isStale = message.term < this.#term
    switch (message.type) {
      case 'RequestVote': {
        const granted = !isStale && this.#canVoteFor(from, message.lastLogIndex, message.lastLogTerm)
        if (granted) {
          this.#votedFor = from
          this.#setElectionTimer()
        }
        this.#opts.send(from, { type: 'VoteReply', term: this.#term, granted })
        break
      }
      case 'VoteReply':
        if (isStale || this.#role !== 'candidate' || !message.granted) break
        this.#votes.add(from)
        this.#leadIfElected()
        break
      case 'AppendEntries':
        if (!isStale) {
          this.#role = 'follower'
          this.#leader = from
          this.#setElectionTimer()
        }
        this.#opts.send(from, { type: 'AppendReply', term: this.#term })
        break
      case 'AppendReply':
        break
    }
  }

  #enterTerm(term: number): void {
    // A leader had no election timer: without a new one it would never stand again.
    if (this.#role === 'leader') this.#setElectionTimer()
    this.#term = term
    this.#role = 'follower'
    this.#votedFor = null
    this.#leader = null
  }

  #campaign(): void {
    this.#term++
    this.#role = 'candidate'
    this.#votedFor = this.#opts.id
    this.#leader = null
    this.#votes = new Set([this.#opts.id])
    this.#setElectionTimer()
    this.#broadcast({
      type: 'RequestVote',
      term: this.#term,
      lastLogIndex: this.#lastLogIndex,
      lastLogTerm: this.#lastLogTerm,
    })
    this.#leadIfElected()
  }

  #canVoteFor(candidate: string, lastLogIndex: number, lastLogTerm: number): boolean {
    if (this.#votedFor !== null && this.#votedFor !== candidate) return false
    if (lastLogTerm !== this.#lastLogTerm) return lastLogTerm > this.#lastLogTerm
    return lastLogIndex >= this.#lastLogIndex
  }

  #leadIfElected(): void {
    const majority = Math.ceil((this.#opts.peers.length + 1) / 2)
    if (this.#votes.size < majority) return
    this.#role = 'leader'
    this.#leader = this.#opts.id
    this.#sendHeartbeats()
  }

  #sendHeartbeats(): void {
    this.#due = this.#now + (this.#opts.heartbeatMs ?? 50)
    this.#broadcast({ type: 'AppendEntries', term: this.#term })
  }

  /** A new random time for each election: equal ones would split the votes again and again. */
  #setElectionTimer(): void {
    const [min, max] = this.#opts.electionMs ?? [150, 300]
    this.#due = this.#now + min + this.#opts.rng() * (max - min)
  }

  #broadcast(message: Msg): void {
    for (const peer of this.#opts.peers) this.#opts.send(peer, { ...message })
  }
}
