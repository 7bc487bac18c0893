/** One alarm on an absolute clock, read as heartbeat by a leader and as election by everybody else. */
export type Role = 'follower' | 'candidate' | 'leader'

export type Msg =
  | { type: 'RequestVote'; term: number; lastLogIndex: number; lastLogTerm: number }
  | { type: 'VoteReply'; term: number; granted: boolean }
  | { type: 'AppendEntries'; term: number }
  | { type: 'AppendReply'; term: number }

export interface RaftOpts {
  id: string
  peers: readonly string[]
  rng: () => number
  electionMs?: readonly [number, number]
  heartbeatMs?: number
  logTerms?: readonly number[]
  send: (to: string, message: Msg) => void
}

/** One node of a Raft cluster, as far as elections go. */
export class RaftNode {
  readonly #id: string
  readonly #peers: readonly string[]
  readonly #rng: () => number
  readonly #electionMs: readonly [number, number]
  readonly #heartbeatMs: number
  readonly #lastLogIndex: number
  readonly #lastLogTerm: number
  readonly #send: (to: string, message: Msg) => void

  #role: Role = 'follower'
  #term = 0
  #votedFor: string | null = null
  #leader: string | null = null
  /** Who votes for this node in its term. */
  #supporters = new Set<string>()
  #now = 0
  #alarm = 0

  constructor(opts: RaftOpts) {
    this.#id = opts.id
    this.#peers = [...opts.peers]
    this.#rng = opts.rng
    this.#electionMs = opts.electionMs ?? [150, 300]
    this.#heartbeatMs = opts.heartbeatMs ?? 50
    this.#lastLogIndex = opts.logTerms?.length ?? 0
    this.#lastLogTerm = opts.logTerms?.at(-1) ?? 0
    this.#send = opts.send
    this.#setElectionTimer()
  }

  get role(): Role {
    return this.#role
  }

  get term(): number {
    return this.#term
  }

  get votedFor(): string | null {
    return this.#votedFor
  }

  get leader(): string | null {
    return this.#leader
  }

  advance(ms: number): void {
    if (!(ms >= 0)) throw new RangeError(`time does not go back: ${ms}`)
    const end = this.#now + ms
    while (this.#alarm <= end) {
      this.#now = this.#alarm
      if (this.#role === 'leader') this.#beat()
      else this.#campaign()
    }
    this.#now = end
  }

  receive(from: string, message: Msg): void {
    if (message.term > this.#term) this.#enterTerm(message.term)
    const stale = message.term < this.#term
    switch (message.type) {
      case 'RequestVote': {
        const granted = !stale && this.#deserves(from, message.lastLogIndex, message.lastLogTerm)
        if (granted) {
          this.#votedFor = from
          this.#setElectionTimer()
        }
        this.#send(from, { type: 'VoteReply', term: this.#term, granted })
        break
      }
      case 'VoteReply':
        if (stale || !message.granted || this.#role !== 'candidate') break
        this.#supporters.add(from)
        this.#leadIfElected()
        break
      case 'AppendEntries':
        if (!stale) {
          this.#role = 'follower'
          this.#leader = from
          this.#setElectionTimer()
        }
        this.#send(from, { type: 'AppendReply', term: this.#term })
        break
      case 'AppendReply':
        break
    }
  }

  #setElectionTimer(): void {
    const [min, max] = this.#electionMs
    this.#alarm = this.#now + (min + this.#rng() * (max - min))
  }

  #enterTerm(term: number): void {
    const led = this.#role === 'leader'
    this.#role = 'follower'
    this.#term = term
    this.#votedFor = null
    this.#leader = null
    if (led) this.#setElectionTimer()
  }

  #deserves(candidate: string, lastLogIndex: number, lastLogTerm: number): boolean {
    if (this.#votedFor !== null && this.#votedFor !== candidate) return false
    if (lastLogTerm !== this.#lastLogTerm) return lastLogTerm > this.#lastLogTerm
    return lastLogIndex >= this.#lastLogIndex
  }

  #campaign(): void {
    this.#role = 'candidate'
    this.#term++
    this.#votedFor = this.#id
    this.#supporters = new Set([this.#id])
    this.#setElectionTimer()
    this.#leader = null
    const [term, lastLogIndex, lastLogTerm] = [this.#term, this.#lastLogIndex, this.#lastLogTerm]
    for (const peer of this.#peers) this.#send(peer, { type: 'RequestVote', term, lastLogIndex, lastLogTerm })
    this.#leadIfElected()
  }

  #leadIfElected(): void {
    if (this.#role !== 'candidate' || this.#supporters.size * 2 <= this.#peers.length + 1) return
    this.#role = 'leader'
    this.#leader = this.#id
    this.#beat()
  }

  #beat(): void {
    this.#alarm = this.#now + this.#heartbeatMs
    const term = this.#term
    for (const peer of this.#peers) this.#send(peer, { type: 'AppendEntries', term })
  }
}
