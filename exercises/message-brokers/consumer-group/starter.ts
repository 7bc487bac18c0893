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

/** Decides which member of a group reads which partition, and remembers how far the group has come. */
export class GroupCoordinator {
  constructor(opts: GroupOpts) {
    throw new Error('not implemented')
  }

  /** The generation that is now current. */
  join(member: string, topics: readonly string[]): number {
    throw new Error('not implemented')
  }

  leave(member: string): void {
    throw new Error('not implemented')
  }

  heartbeat(member: string, generation: number): 'ok' | 'rejoin' | 'unknown' {
    throw new Error('not implemented')
  }

  /** Removes members that have been silent for too long. */
  tick(): void {
    throw new Error('not implemented')
  }

  get generation(): number {
    throw new Error('not implemented')
  }

  assignment(member: string): string[] {
    throw new Error('not implemented')
  }

  commit(member: string, generation: number, partition: string, nextOffset: number): void {
    throw new Error('not implemented')
  }

  committed(partition: string): number | null {
    throw new Error('not implemented')
  }
}
