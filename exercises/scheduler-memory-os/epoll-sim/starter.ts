export const IN = 1
export const OUT = 4
export const HUP = 16
export const ET = 64
export const ONESHOT = 128

export class Kernel {
  open(opts: { sendBuffer?: number } = {}): number {
    throw new Error('not implemented')
  }

  /** Bytes arrive from the network. */
  deliver(fd: number, bytes: number): void {
    throw new Error('not implemented')
  }

  read(fd: number, n: number): number | 'EAGAIN' {
    throw new Error('not implemented')
  }

  write(fd: number, n: number): number | 'EAGAIN' {
    throw new Error('not implemented')
  }

  /** Up to n written bytes leave for the network. */
  drainSend(fd: number, n: number): void {
    throw new Error('not implemented')
  }

  /** The other side has gone. */
  hangup(fd: number): void {
    throw new Error('not implemented')
  }

  close(fd: number): void {
    throw new Error('not implemented')
  }

  epoll(): Epoll {
    throw new Error('not implemented')
  }

  select(fds: readonly number[]): { ready: number[]; scanned: number } {
    throw new Error('not implemented')
  }
}

export class Epoll {
  ctl(op: 'add' | 'mod' | 'del', fd: number, events?: number): void {
    throw new Error('not implemented')
  }

  wait(maxEvents: number): Array<{ fd: number; events: number }> {
    throw new Error('not implemented')
  }

  /** How many descriptors wait() has looked at, in all calls together. */
  get visited(): number {
    throw new Error('not implemented')
  }
}
