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
  constructor(term: number, log: readonly Entry[] = []) {
    throw new Error('not implemented')
  }

  handle(message: AppendEntries): AppendReply {
    throw new Error('not implemented')
  }

  get log(): readonly Entry[] {
    throw new Error('not implemented')
  }

  get commitIndex(): number {
    throw new Error('not implemented')
  }

  /** The commands of all committed entries. */
  get applied(): readonly string[] {
    throw new Error('not implemented')
  }
}

/** The sending end of replication, for one term. */
export class Leader {
  constructor(opts: { term: number; peers: readonly string[]; log?: readonly Entry[] }) {
    throw new Error('not implemented')
  }

  /** Appends a command; its index. */
  propose(command: string): number {
    throw new Error('not implemented')
  }

  messageFor(peer: string): AppendEntries {
    throw new Error('not implemented')
  }

  onReply(peer: string, reply: AppendReply): void {
    throw new Error('not implemented')
  }

  get commitIndex(): number {
    throw new Error('not implemented')
  }

  get steppedDown(): boolean {
    throw new Error('not implemented')
  }

  /** The last index of this peer that is known to agree. */
  matchIndex(peer: string): number {
    throw new Error('not implemented')
  }
}
