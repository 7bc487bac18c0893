// Does not look at what is there when a registration is changed.
export const IN = 1
export const OUT = 4
export const HUP = 16
export const ET = 64
export const ONESHOT = 128

interface Socket {
  readonly sendBuffer: number
  received: number
  /** Bytes that were written and have not left yet. */
  sending: number
  hungUp: boolean
  /** Who wants to know when something happens here. */
  readonly watchers: Set<(happened: number) => void>
  readonly onClose: Set<() => void>
}

export class Kernel {
  readonly #sockets = new Map<number, Socket>()
  #nextFd = 3

  open(opts: { sendBuffer?: number } = {}): number {
    const sendBuffer = checkCount(opts.sendBuffer ?? 1024)
    const fd = this.#nextFd++
    const [watchers, onClose] = [new Set<(happened: number) => void>(), new Set<() => void>()]
    this.#sockets.set(fd, { sendBuffer, received: 0, sending: 0, hungUp: false, watchers, onClose })
    return fd
  }

  deliver(fd: number, bytes: number): void {
    const socket = this.socket(fd)
    if (socket.hungUp) throw new RangeError('nobody is left to send')
    socket.received += checkCount(bytes)
    this.#tell(socket, IN)
  }

  read(fd: number, n: number): number | 'EAGAIN' {
    const socket = this.socket(fd)
    const bytes = Math.min(checkCount(n), socket.received)
    if (bytes === 0) return socket.hungUp ? 0 : 'EAGAIN'
    socket.received -= bytes
    return bytes
  }

  write(fd: number, n: number): number | 'EAGAIN' {
    const socket = this.socket(fd)
    const bytes = Math.min(checkCount(n), socket.sendBuffer - socket.sending)
    if (bytes === 0) return 'EAGAIN'
    socket.sending += bytes
    return bytes
  }

  drainSend(fd: number, n: number): void {
    const socket = this.socket(fd)
    const wasFull = socket.sending === socket.sendBuffer
    socket.sending = Math.max(0, socket.sending - checkCount(n))
    if (wasFull) this.#tell(socket, OUT)
  }

  hangup(fd: number): void {
    const socket = this.socket(fd)
    if (socket.hungUp) return
    socket.hungUp = true
    this.#tell(socket, IN | HUP)
  }

  close(fd: number): void {
    const socket = this.socket(fd)
    this.#sockets.delete(fd)
    for (const forget of [...socket.onClose]) forget()
  }

  epoll(): Epoll {
    return new Epoll(this)
  }

  select(fds: readonly number[]): { ready: number[]; scanned: number } {
    const ready = fds.filter((fd) => (readiness(this.socket(fd)) & IN) !== 0)
    return { ready, scanned: fds.length }
  }

  /** For epoll. */
  socket(fd: number): Socket {
    const socket = this.#sockets.get(fd)
    if (socket === undefined) throw new RangeError(`${fd} is not open`)
    return socket
  }

  #tell(socket: Socket, happened: number): void {
    for (const watch of socket.watchers) watch(happened)
  }
}

interface Item {
  readonly fd: number
  readonly socket: Socket
  events: number
  /** Whether a one-shot registration has not been used up. */
  armed: boolean
  readonly unwatch: () => void
}

export class Epoll {
  readonly #kernel: Kernel
  readonly #items = new Map<number, Item>()
  /** Where something happened, in that order. Sets keep the order of insertion and hold each once. */
  readonly #ready = new Set<Item>()
  #visited = 0

  constructor(kernel: Kernel) {
    this.#kernel = kernel
  }

  ctl(op: 'add' | 'mod' | 'del', fd: number, events?: number): void {
    const socket = this.#kernel.socket(fd)
    const known = this.#items.get(fd)
    if ((known === undefined) !== (op === 'add')) throw new RangeError(known ? 'is there already' : 'is not there')
    if (op === 'del') return known?.unwatch()
    if (events === undefined || (events & ~(IN | OUT | HUP | ET | ONESHOT)) !== 0) throw new RangeError('which events?')
    const item = known ?? this.#watch(fd, socket)
    item.events = events
    item.armed = true
    this.#ready.delete(item)
    // What is there already counts as having happened now, or nobody would ever hear of it.
    if (this.#tells(item) !== 0 && known === undefined) this.#ready.add(item)
  }

  wait(maxEvents: number): Array<{ fd: number; events: number }> {
    checkCount(maxEvents)
    const found: Array<{ fd: number; events: number }> = []
    let left = this.#ready.size
    for (const item of this.#ready) {
      if (left-- === 0 || found.length === maxEvents) break
      this.#visited++
      this.#ready.delete(item)
      const events = this.#tells(item)
      if (events === 0) continue
      found.push({ fd: item.fd, events })
      if ((item.events & ONESHOT) !== 0) item.armed = false
      // Level-triggered ones go to the end, to be looked at again after all others.
      else if ((item.events & ET) === 0) this.#ready.add(item)
    }
    return found
  }

  get visited(): number {
    return this.#visited
  }

  #watch(fd: number, socket: Socket): Item {
    const watch = (happened: number) => {
      if (item.armed && (happened & (item.events | HUP)) !== 0) this.#ready.add(item)
    }
    const unwatch = () => {
      this.#items.delete(fd)
      this.#ready.delete(item)
      socket.watchers.delete(watch)
      socket.onClose.delete(unwatch)
    }
    const item: Item = { fd, socket, events: 0, armed: true, unwatch }
    this.#items.set(fd, item)
    socket.watchers.add(watch)
    socket.onClose.add(unwatch)
    return item
  }

  /** What there is to tell about an item at this moment. */
  #tells({ socket, events }: Item): number {
    return readiness(socket) & (events | HUP)
  }
}

function readiness({ received, sending, sendBuffer, hungUp }: Socket): number {
  const canRead = received > 0 || hungUp ? IN : 0
  const canWrite = sending < sendBuffer ? OUT : 0
  return canRead | canWrite | (hungUp ? HUP : 0)
}

function checkCount(n: number): number {
  if (!Number.isInteger(n) || n < 1) throw new RangeError('must be an integer of at least 1')
  return n
}
