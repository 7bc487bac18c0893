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
  constructor(opts: RaftOpts) {
    throw new Error('not implemented')
  }

  /** Lets time pass. */
  advance(ms: number): void {
    throw new Error('not implemented')
  }

  receive(from: string, message: Msg): void {
    throw new Error('not implemented')
  }

  get role(): Role {
    throw new Error('not implemented')
  }

  get term(): number {
    throw new Error('not implemented')
  }

  /** The vote of the current term. */
  get votedFor(): string | null {
    throw new Error('not implemented')
  }

  /** The leader of the current term, as far as the node knows. */
  get leader(): string | null {
    throw new Error('not implemented')
  }
}
