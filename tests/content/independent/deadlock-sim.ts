/** Every wait is a ticket in one or more lines; serving a ticket voids it everywhere, and lines skip void tickets when they are looked at. */
export type Op =
  | { op: 'send' | 'recv' | 'close'; ch: string }
  | { op: 'lock' | 'unlock'; mu: string }
  | { op: 'wgAdd'; wg: string; n: number }
  | { op: 'wgDone' | 'wgWait'; wg: string }
  | { op: 'go'; name: string }
  | { op: 'sleep'; ticks: number }
  | { op: 'select'; cases: ReadonlyArray<{ op: 'send' | 'recv'; ch: string }>; hasDefault?: boolean }

export interface Program {
  chans: Readonly<Record<string, number | null>>
  goroutines: Readonly<Record<string, readonly Op[]>>
}

export interface Blocked {
  goroutine: string
  pc: number
  on: string
}

export type Outcome =
  | { kind: 'ok'; leaked: Blocked[] }
  | { kind: 'deadlock'; blocked: Blocked[] }
  | { kind: 'panic'; goroutine: string; reason: string }
  | { kind: 'livelock' }

interface Goroutine {
  readonly name: string
  readonly ops: readonly Op[]
  pc: number
  blocked: boolean
  /** Turns that its sleep still takes; 0 when it does not sleep. */
  sleeping: number
}

interface Ticket {
  readonly owner: Goroutine
  served: boolean
}

/** First in, first out, without the tickets that were served elsewhere. */
class Line {
  #tickets: Ticket[] = []
  #head = 0

  join(ticket: Ticket): void {
    this.#tickets.push(ticket)
  }

  first(): Ticket | undefined {
    while (this.#tickets[this.#head]?.served) this.#head++
    if (this.#head === this.#tickets.length) {
      this.#tickets = []
      this.#head = 0
    }
    return this.#tickets[this.#head]
  }
}

interface Chan {
  readonly name: string
  readonly capacity: number | null
  buffered: number
  closed: boolean
  readonly senders: Line
  readonly receivers: Line
}

interface Mutex {
  locked: boolean
  readonly line: Line
}

interface WaitGroup {
  count: number
  readonly line: Line
}

class Panic {
  constructor(
    readonly owner: Goroutine,
    readonly reason: string,
  ) {}
}

const isOver = (g: Goroutine): boolean => g.pc >= g.ops.length

function getOrMake<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key)
  if (value === undefined) {
    value = make()
    map.set(key, value)
  }
  return value
}

function nameOf(op: Op | undefined): string {
  if (op === undefined) return ''
  if ('ch' in op) return `${op.op} ${op.ch}`
  if ('mu' in op) return `${op.op} ${op.mu}`
  if ('wg' in op) return `${op.op} ${op.wg}`
  return op.op
}

class Machine {
  readonly #bodies: Map<string, readonly Op[]>
  readonly #chans = new Map<string, Chan>()
  readonly #mutexes = new Map<string, Mutex>()
  readonly #groups = new Map<string, WaitGroup>()
  /** Those who are not finished, in the order of start. */
  #all: Goroutine[] = []
  #steps = 0

  constructor(
    program: Program,
    readonly maxSteps: number,
  ) {
    this.#bodies = new Map(Object.entries(program.goroutines))
    for (const [name, capacity] of Object.entries(program.chans)) {
      const lines = { senders: new Line(), receivers: new Line() }
      this.#chans.set(name, { name, capacity, buffered: 0, closed: false, ...lines })
    }
  }

  run(): Outcome {
    const main = this.#start('main')
    try {
      while (!isOver(main)) {
        this.#all = this.#all.filter((g) => !isOver(g))
        const awake = this.#all.filter((g) => !g.blocked)
        if (awake.length === 0) return { kind: 'deadlock', blocked: this.#blocked() }
        this.#skipSleep(awake)
        // The list grows while it is walked: new goroutines have their first turn in this round.
        for (let i = 0; i < this.#all.length && !isOver(main); i++) {
          const g = this.#all[i]
          if (g === undefined || g.blocked || isOver(g)) continue
          if (!this.#turn(g)) return { kind: 'livelock' }
        }
      }
      return { kind: 'ok', leaked: this.#blocked() }
    } catch (error) {
      if (!(error instanceof Panic)) throw error
      return { kind: 'panic', goroutine: error.owner.name, reason: error.reason }
    }
  }

  #start(name: string): Goroutine {
    const ops = this.#bodies.get(name)
    if (ops === undefined) throw new Error(`no goroutine ${name}`)
    const g: Goroutine = { name, ops, pc: 0, blocked: false, sleeping: 0 }
    this.#all.push(g)
    return g
  }

  #blocked(): Blocked[] {
    return this.#all
      .filter((g) => g.blocked)
      .map((g) => ({ goroutine: g.name, pc: g.pc, on: nameOf(g.ops[g.pc]) }))
  }

  /** When everybody sleeps, leaves out the rounds in which nobody would wake up. */
  #skipSleep(awake: readonly Goroutine[]): void {
    let shortest = Infinity
    for (const g of awake) shortest = Math.min(shortest, g.sleeping)
    if (shortest <= 1) return
    for (const g of awake) g.sleeping -= shortest - 1
  }

  /** One turn; false if that would be an operation too many. */
  #turn(g: Goroutine): boolean {
    if (g.sleeping > 0) {
      if (--g.sleeping === 0) g.pc++
      return true
    }
    const op = g.ops[g.pc]
    if (op === undefined) return true
    if (++this.#steps > this.maxSteps) return false
    if (op.op === 'sleep' && op.ticks > 1) {
      g.sleeping = op.ticks - 1
      return true
    }
    const lines = this.#tryOp(g, op)
    if (lines === null) {
      g.pc++
      return true
    }
    g.blocked = true
    const ticket: Ticket = { owner: g, served: false }
    for (const line of lines) line.join(ticket)
    return true
  }

  #serve(ticket: Ticket): void {
    ticket.served = true
    ticket.owner.blocked = false
    ticket.owner.pc++
  }

  /** Carries the operation out and gives null, or gives the lines in which it has to wait. */
  #tryOp(g: Goroutine, op: Op): Line[] | null {
    switch (op.op) {
      case 'send':
      case 'recv': {
        const chan = this.#chan(op.ch)
        return this.#tryPass(g, op.op, chan) ? null : [this.#lineOf(op.op, chan)]
      }
      case 'close':
        this.#close(g, this.#chan(op.ch))
        return null
      case 'lock': {
        const mutex = this.#mutex(op.mu)
        if (mutex.locked) return [mutex.line]
        mutex.locked = true
        return null
      }
      case 'unlock': {
        const mutex = this.#mutex(op.mu)
        if (!mutex.locked) throw new Panic(g, `unlock of unlocked mutex ${op.mu}`)
        const next = mutex.line.first()
        if (next === undefined) mutex.locked = false
        else this.#serve(next)
        return null
      }
      case 'wgAdd':
        this.#addToGroup(g, op.wg, op.n)
        return null
      case 'wgDone':
        this.#addToGroup(g, op.wg, -1)
        return null
      case 'wgWait': {
        const group = this.#group(op.wg)
        return group.count === 0 ? null : [group.line]
      }
      case 'go':
        this.#start(op.name)
        return null
      case 'sleep':
        return null
      case 'select': {
        for (const each of op.cases) {
          if (this.#tryPass(g, each.op, this.#chan(each.ch))) return null
        }
        if (op.hasDefault) return null
        return op.cases.map((each) => this.#lineOf(each.op, this.#chan(each.ch)))
      }
    }
  }

  #lineOf(op: 'send' | 'recv', chan: Chan): Line {
    return op === 'send' ? chan.senders : chan.receivers
  }

  /** Sends or receives if that needs no waiting. */
  #tryPass(g: Goroutine, op: 'send' | 'recv', chan: Chan): boolean {
    if (chan.capacity === null) return false
    if (op === 'send') {
      if (chan.closed) throw new Panic(g, `send on closed channel ${chan.name}`)
      const receiver = chan.receivers.first()
      if (receiver !== undefined) this.#serve(receiver)
      else if (chan.buffered < chan.capacity) chan.buffered++
      else return false
      return true
    }
    const sender = chan.senders.first()
    if (chan.buffered > 0) {
      // A sender waits only while the buffer is full: its value takes the free place.
      if (sender === undefined) chan.buffered--
      else this.#serve(sender)
      return true
    }
    if (sender !== undefined) this.#serve(sender)
    return sender !== undefined || chan.closed
  }

  #close(g: Goroutine, chan: Chan): void {
    if (chan.capacity === null) throw new Panic(g, `close of nil channel ${chan.name}`)
    if (chan.closed) throw new Panic(g, `close of closed channel ${chan.name}`)
    chan.closed = true
    for (let next = chan.receivers.first(); next !== undefined; next = chan.receivers.first()) this.#serve(next)
    const sender = chan.senders.first()
    if (sender !== undefined) throw new Panic(sender.owner, `send on closed channel ${chan.name}`)
  }

  #addToGroup(g: Goroutine, name: string, n: number): void {
    const group = this.#group(name)
    group.count += n
    if (group.count < 0) throw new Panic(g, `negative counter of wait group ${name}`)
    if (group.count > 0) return
    for (let next = group.line.first(); next !== undefined; next = group.line.first()) this.#serve(next)
  }

  #chan(name: string): Chan {
    const chan = this.#chans.get(name)
    if (chan === undefined) throw new Error(`no channel ${name}`)
    return chan
  }

  #mutex(name: string): Mutex {
    return getOrMake(this.#mutexes, name, () => ({ locked: false, line: new Line() }))
  }

  #group(name: string): WaitGroup {
    return getOrMake(this.#groups, name, () => ({ count: 0, line: new Line() }))
  }
}

/** Runs the program and tells how it ends. */
export function simulate(p: Program, opts: { maxSteps?: number } = {}): Outcome {
  return new Machine(p, opts.maxSteps ?? 10_000).run()
}

/** The goroutines of a circle of waiting, or null if there is none. */
export function lockCycle(
  holds: Readonly<Record<string, readonly string[]>>,
  waits: Readonly<Record<string, string>>,
): string[] | null {
  const holderOf = new Map<string, string>()
  for (const [goroutine, locks] of Object.entries(holds)) {
    for (const lock of locks) holderOf.set(lock, goroutine)
  }
  const waitsFor = new Map<string, string>()
  for (const [goroutine, lock] of Object.entries(waits)) {
    const holder = holderOf.get(lock)
    if (holder !== undefined) waitsFor.set(goroutine, holder)
  }

  // Everybody waits for at most one other: follow each path until it meets itself or an earlier one.
  const walkOf = new Map<string, string>()
  for (const start of waitsFor.keys()) {
    let at: string | undefined = start
    while (at !== undefined && !walkOf.has(at)) {
      walkOf.set(at, start)
      at = waitsFor.get(at)
    }
    if (at === undefined || walkOf.get(at) !== start) continue
    const circle = [at]
    for (let next = waitsFor.get(at); next !== undefined && next !== at; next = waitsFor.get(next)) circle.push(next)
    let smallest = 0
    circle.forEach((name, i) => {
      if (name < (circle[smallest] ?? name)) smallest = i
    })
    return [...circle.slice(smallest), ...circle.slice(0, smallest)]
  }
  return null
}
