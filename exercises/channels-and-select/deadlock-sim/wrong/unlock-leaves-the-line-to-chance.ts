export type Op =
  | { op: 'send' | 'recv' | 'close'; ch: string }
  | { op: 'lock' | 'unlock'; mu: string }
  | { op: 'wgAdd'; wg: string; n: number }
  | { op: 'wgDone' | 'wgWait'; wg: string }
  | { op: 'go'; name: string }
  | { op: 'sleep'; ticks: number }
  | { op: 'select'; cases: ReadonlyArray<{ op: 'send' | 'recv'; ch: string }>; hasDefault?: boolean }

export interface Program {
  /** Capacity of each channel; null for a nil channel. */
  chans: Readonly<Record<string, number | null>>
  /** What each goroutine does; the program begins with `main`. */
  goroutines: Readonly<Record<string, readonly Op[]>>
}

/** A goroutine that cannot go on: where it is, and what it waits for. */
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

/** A goroutine on its way. It is blocked, asleep (`turnsLeft` > 0), over, or it can run. */
interface Goroutine {
  readonly name: string
  readonly ops: readonly Op[]
  pc: number
  isBlocked: boolean
  /** Turns that its sleep still takes. */
  turnsLeft: number
  /** The lines it stands in: one while it waits for one thing, several while it waits in a select. */
  lines: Goroutine[][]
}

interface Channel {
  readonly capacity: number | null
  buffered: number
  isClosed: boolean
  readonly senders: Goroutine[]
  readonly receivers: Goroutine[]
}

/** Ends the simulation from wherever it happens. */
class Panic extends Error {
  readonly goroutine: string

  constructor(goroutine: string, reason: string) {
    super(reason)
    this.goroutine = goroutine
  }
}

/** Runs the program and tells how it ends. */
export function simulate(p: Program, { maxSteps = 10_000 }: { maxSteps?: number } = {}): Outcome {
  try {
    return new Simulation(p).run(maxSteps)
  } catch (error) {
    if (error instanceof Panic) return { kind: 'panic', goroutine: error.goroutine, reason: error.message }
    throw error
  }
}

class Simulation {
  readonly #program: Program
  readonly #channels: Map<string, Channel>
  readonly #mutexes = new Map<string, { isLocked: boolean; line: Goroutine[] }>()
  readonly #groups = new Map<string, { count: number; line: Goroutine[] }>()
  readonly #main: Goroutine
  /** In the order of their start. */
  #goroutines: Goroutine[] = []

  constructor(program: Program) {
    this.#program = program
    this.#channels = new Map(
      Object.entries(program.chans).map(([name, capacity]) => {
        return [name, { capacity, buffered: 0, isClosed: false, senders: [], receivers: [] }]
      }),
    )
    this.#main = this.#start('main')
  }

  run(maxSteps: number): Outcome {
    let steps = 0
    while (!isOver(this.#main)) {
      const running = this.#goroutines.filter((g) => !g.isBlocked)
      if (running.length === 0) return { kind: 'deadlock', blocked: this.#blocked() }
      passTime(running)
      // Those that are started meanwhile join the end and have their first turn in this round.
      for (const g of this.#goroutines) {
        if (g.isBlocked || isOver(g)) continue
        if (g.turnsLeft === 0 && steps++ === maxSteps) return { kind: 'livelock' }
        this.#turn(g)
        if (isOver(this.#main)) break
      }
      this.#goroutines = this.#goroutines.filter((g) => !isOver(g))
    }
    return { kind: 'ok', leaked: this.#blocked() }
  }

  #start(name: string): Goroutine {
    const ops = this.#program.goroutines[name] ?? []
    const g: Goroutine = { name, ops, pc: 0, isBlocked: false, turnsLeft: 0, lines: [] }
    this.#goroutines.push(g)
    return g
  }

  #blocked(): Blocked[] {
    return this.#goroutines
      .filter((g) => g.isBlocked)
      .map((g) => ({ goroutine: g.name, pc: g.pc, on: describe(g.ops[g.pc] as Op) }))
  }

  /** One turn: the operation is carried out, or the goroutine is in the lines of what it waits for. */
  #turn(g: Goroutine): void {
    if (this.#execute(g, g.ops[g.pc] as Op)) g.pc++
  }

  /** Whether the operation is complete. */
  #execute(g: Goroutine, op: Op): boolean {
    switch (op.op) {
      case 'send':
        return this.#trySend(g, op.ch) || block(g, this.#channel(op.ch).senders)
      case 'recv':
        return this.#tryRecv(op.ch) || block(g, this.#channel(op.ch).receivers)
      case 'close':
        return this.#close(g, op.ch)
      case 'select': {
        const isServed = op.cases.some((one) => (one.op === 'send' ? this.#trySend(g, one.ch) : this.#tryRecv(one.ch)))
        if (isServed || op.hasDefault) return true
        const lines = op.cases.map((one) => this.#channel(one.ch)[one.op === 'send' ? 'senders' : 'receivers'])
        return block(g, ...lines)
      }
      case 'lock': {
        const mutex = this.#mutex(op.mu)
        if (mutex.isLocked) return block(g, mutex.line)
        mutex.isLocked = true
        return true
      }
      case 'unlock': {
        const mutex = this.#mutex(op.mu)
        if (!mutex.isLocked) throw new Panic(g.name, 'unlock of an unlocked mutex')
        // Handed over directly: with somebody in line it stays locked.
        mutex.isLocked = false
        const waiting = mutex.line.splice(0)
        for (const g of waiting) {
          g.isBlocked = false
          g.lines = []
        }
        return true
      }
      case 'wgAdd':
        return this.#count(g, op.wg, op.n)
      case 'wgDone':
        return this.#count(g, op.wg, -1)
      case 'wgWait': {
        const group = this.#group(op.wg)
        return group.count === 0 || block(g, group.line)
      }
      case 'go':
        this.#start(op.name)
        return true
      case 'sleep':
        if (g.turnsLeft === 0) g.turnsLeft = op.ticks
        return --g.turnsLeft === 0
    }
  }

  #trySend(g: Goroutine, name: string): boolean {
    const channel = this.#channel(name)
    if (channel.isClosed) throw new Panic(g.name, 'send on a closed channel')
    if (channel.capacity === null) return false
    if (serve(channel.receivers)) return true
    if (channel.buffered === channel.capacity) return false
    channel.buffered++
    return true
  }

  #tryRecv(name: string): boolean {
    const channel = this.#channel(name)
    if (channel.buffered > 0) {
      // The place goes to the oldest blocked sender, so the number stays if there is one.
      if (!serve(channel.senders)) channel.buffered--
      return true
    }
    return channel.capacity !== null && (serve(channel.senders) || channel.isClosed)
  }

  #close(g: Goroutine, name: string): boolean {
    const channel = this.#channel(name)
    if (channel.capacity === null) throw new Panic(g.name, 'close of a nil channel')
    if (channel.isClosed) throw new Panic(g.name, 'close of a closed channel')
    channel.isClosed = true
    while (serve(channel.receivers));
    const sender = channel.senders[0]
    if (sender) throw new Panic(sender.name, 'send on a closed channel')
    return true
  }

  #count(g: Goroutine, name: string, n: number): boolean {
    const group = this.#group(name)
    group.count += n
    if (group.count < 0) throw new Panic(g.name, 'negative WaitGroup counter')
    if (group.count === 0) while (serve(group.line));
    return true
  }

  #channel(name: string): Channel {
    return this.#channels.get(name) as Channel
  }

  #mutex(name: string) {
    return getOrAdd(this.#mutexes, name, () => ({ isLocked: false, line: [] }))
  }

  #group(name: string) {
    return getOrAdd(this.#groups, name, () => ({ count: 0, line: [] }))
  }
}

function isOver({ pc, ops }: Goroutine): boolean {
  return pc === ops.length
}

/** While everybody who could run is asleep, only the clock moves: skips to the last turn of the shortest sleep. */
function passTime(running: readonly Goroutine[]): void {
  const skipped = Math.min(...running.map((g) => g.turnsLeft)) - 1
  if (skipped > 0) for (const g of running) g.turnsLeft -= skipped
}

/** Puts a goroutine into the lines of all that it waits for. Answers that its operation is not complete. */
function block(g: Goroutine, ...lines: Goroutine[][]): false {
  g.isBlocked = true
  g.lines = lines
  for (const line of lines) line.push(g)
  return false
}

/** Completes the operation of the first in line, and takes it out of all its lines. False if nobody waits. */
function serve(line: readonly Goroutine[]): boolean {
  const g = line[0]
  if (!g) return false
  for (const each of g.lines) each.splice(each.indexOf(g), 1)
  g.lines = []
  g.isBlocked = false
  g.pc++
  return true
}

function describe(op: Op): string {
  switch (op.op) {
    case 'send':
    case 'recv':
      return `${op.op} ${op.ch}`
    case 'lock':
      return `lock ${op.mu}`
    case 'wgWait':
      return `wgWait ${op.wg}`
    default:
      return op.op
  }
}

function getOrAdd<T>(map: Map<string, T>, key: string, make: () => T): T {
  const value = map.get(key) ?? make()
  map.set(key, value)
  return value
}

/** The goroutines of a circle of waiting, or null if there is none. */
export function lockCycle(
  holds: Readonly<Record<string, readonly string[]>>,
  waits: Readonly<Record<string, string>>,
): string[] | null {
  const holderOf = new Map<string, string>()
  for (const [g, locks] of Object.entries(holds)) for (const lock of locks) holderOf.set(lock, g)
  const lockOf = new Map(Object.entries(waits))

  // Everybody waits for one lock at most, so from each goroutine there is one way to follow. It ends, runs into
  // ground that is known to lead nowhere, or comes back to where it began.
  const known = new Set<string>()
  for (const start of lockOf.keys()) {
    const path: string[] = []
    let next: string | undefined = start
    while (next !== undefined && !known.has(next)) {
      known.add(next)
      path.push(next)
      const lock = lockOf.get(next)
      next = lock === undefined ? undefined : holderOf.get(lock)
    }
    const entry = next === undefined ? -1 : path.indexOf(next)
    if (entry >= 0) return fromSmallest(path.slice(entry))
  }
  return null
}

function fromSmallest(circle: readonly string[]): string[] {
  const first = circle.indexOf([...circle].sort()[0] as string)
  return [...circle.slice(first), ...circle.slice(0, first)]
}
