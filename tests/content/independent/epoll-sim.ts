/** Registrations are nodes of their epoll's circular list, so a socket tells all who watch it without any search. */
export const IN = 1
export const OUT = 4
export const HUP = 16
export const ET = 64
export const ONESHOT = 128

const ALL_BITS = IN | OUT | HUP | ET | ONESHOT

function requireCount(name: string, n: number): void {
  if (!Number.isInteger(n) || n < 1) throw new RangeError(`${name} must be an integer of at least 1`)
}

/** A doubly linked circle; a link that is alone in its circle points at itself. */
class Link {
  next: Link = this
  prev: Link = this

  get isAlone(): boolean {
    return this.next === this
  }

  leave(): void {
    this.prev.next = this.next
    this.next.prev = this.prev
    this.next = this
    this.prev = this
  }

  insertBefore(other: Link): void {
    this.leave()
    this.prev = other.prev
    this.next = other
    this.prev.next = this
    other.prev = this
  }
}

/** What an epoll knows of one descriptor. */
class Registration extends Link {
  readonly socket: Socket
  readonly #ends: Link
  #events: number
  #isArmed = true

  /** `ends` is the link before the first and behind the last of the epoll's list. */
  constructor(socket: Socket, ends: Link, events: number) {
    super()
    this.socket = socket
    this.#ends = ends
    this.#events = events
  }

  /** All that the descriptor is ready for, out of what is of interest. */
  get ready(): number {
    return this.socket.ready & (this.#events | HUP)
  }

  rearm(events: number): void {
    this.#events = events
    this.#isArmed = true
    this.leave()
  }

  /** Something of this kind happened. */
  notice(kind: number): void {
    if (this.isAlone && this.#isArmed && (kind & (this.#events | HUP)) !== 0) this.insertBefore(this.#ends)
  }

  /** Has just been reported, and taken out of the list. */
  afterReport(): void {
    if (this.#events & ONESHOT) this.#isArmed = false
    else if (!(this.#events & ET)) this.insertBefore(this.#ends)
  }
}

class Socket {
  readonly fd: number
  readonly watchers = new Map<Epoll, Registration>()
  readonly #sendBuffer: number
  #unread = 0
  #unsent = 0
  #hasHungUp = false

  constructor(fd: number, sendBuffer: number) {
    this.fd = fd
    this.#sendBuffer = sendBuffer
  }

  get ready(): number {
    const input = this.#unread > 0 || this.#hasHungUp ? IN : 0
    const output = this.#unsent < this.#sendBuffer ? OUT : 0
    return input | output | (this.#hasHungUp ? HUP : 0)
  }

  deliver(bytes: number): void {
    if (this.#hasHungUp) throw new RangeError(`the other side of ${this.fd} has gone`)
    this.#unread += bytes
    this.#tell(IN)
  }

  read(n: number): number | 'EAGAIN' {
    if (this.#unread === 0) return this.#hasHungUp ? 0 : 'EAGAIN'
    const taken = Math.min(n, this.#unread)
    this.#unread -= taken
    return taken
  }

  write(n: number): number | 'EAGAIN' {
    const room = this.#sendBuffer - this.#unsent
    if (room === 0) return 'EAGAIN'
    const taken = Math.min(n, room)
    this.#unsent += taken
    return taken
  }

  drain(n: number): void {
    const wasFull = this.#unsent === this.#sendBuffer
    this.#unsent -= Math.min(n, this.#unsent)
    if (wasFull) this.#tell(OUT)
  }

  hangUp(): void {
    if (this.#hasHungUp) return
    this.#hasHungUp = true
    this.#tell(HUP)
  }

  #tell(kind: number): void {
    for (const registration of this.watchers.values()) registration.notice(kind)
  }
}

export class Kernel {
  readonly #sockets = new Map<number, Socket>()
  #nextFd = 3

  open(opts: { sendBuffer?: number } = {}): number {
    const { sendBuffer = 1024 } = opts
    requireCount('sendBuffer', sendBuffer)
    const fd = this.#nextFd++
    this.#sockets.set(fd, new Socket(fd, sendBuffer))
    return fd
  }

  /** Bytes arrive from the network. */
  deliver(fd: number, bytes: number): void {
    const socket = this.#socket(fd)
    requireCount('bytes', bytes)
    socket.deliver(bytes)
  }

  read(fd: number, n: number): number | 'EAGAIN' {
    const socket = this.#socket(fd)
    requireCount('n', n)
    return socket.read(n)
  }

  write(fd: number, n: number): number | 'EAGAIN' {
    const socket = this.#socket(fd)
    requireCount('n', n)
    return socket.write(n)
  }

  /** Up to n written bytes leave for the network. */
  drainSend(fd: number, n: number): void {
    const socket = this.#socket(fd)
    requireCount('n', n)
    socket.drain(n)
  }

  /** The other side has gone. */
  hangup(fd: number): void {
    this.#socket(fd).hangUp()
  }

  close(fd: number): void {
    for (const registration of this.#socket(fd).watchers.values()) registration.leave()
    this.#sockets.delete(fd)
  }

  epoll(): Epoll {
    return new Epoll((fd) => this.#socket(fd))
  }

  select(fds: readonly number[]): { ready: number[]; scanned: number } {
    const sockets = fds.map((fd) => this.#socket(fd))
    const ready = sockets.filter((socket) => socket.ready & IN).map(({ fd }) => fd)
    return { ready, scanned: sockets.length }
  }

  #socket(fd: number): Socket {
    const socket = this.#sockets.get(fd)
    if (!socket) throw new RangeError(`descriptor ${fd} is not open`)
    return socket
  }
}

export class Epoll {
  readonly #find: (fd: number) => Socket
  /** Stands before the first and behind the last registration with news. */
  readonly #ends = new Link()
  #visited = 0

  constructor(find: (fd: number) => Socket) {
    this.#find = find
  }

  ctl(op: 'add' | 'mod' | 'del', fd: number, events?: number): void {
    const socket = this.#find(fd)
    const known = socket.watchers.get(this)
    if ((op === 'add') === (known !== undefined)) throw new RangeError(`cannot ${op} descriptor ${fd}`)
    if (op === 'del') {
      known?.leave()
      socket.watchers.delete(this)
      return
    }
    if (events === undefined || !Number.isInteger(events) || events < 0 || events > ALL_BITS || events & ~ALL_BITS) {
      throw new RangeError(`events cannot be ${events}`)
    }
    const registration = known ?? new Registration(socket, this.#ends, events)
    if (known) known.rearm(events)
    else socket.watchers.set(this, registration)
    registration.notice(registration.ready)
  }

  wait(maxEvents: number): Array<{ fd: number; events: number }> {
    requireCount('maxEvents', maxEvents)
    const reported: Array<{ fd: number; events: number }> = []
    // What is put back goes behind the one that was last at the beginning.
    const last = this.#ends.prev
    let current: Link
    do {
      current = this.#ends.next
      if (!(current instanceof Registration)) break
      current.leave()
      this.#visited++
      const events = current.ready
      if (events === 0) continue
      reported.push({ fd: current.socket.fd, events })
      current.afterReport()
    } while (current !== last && reported.length < maxEvents)
    return reported
  }

  /** How many descriptors wait() has looked at, in all calls together. */
  get visited(): number {
    return this.#visited
  }
}
