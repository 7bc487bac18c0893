import { type Channel, ChannelClosed, type Frame, ProtocolBreach } from './channel'
import { Decoder } from './decoder'
import { Encoder } from './encoder'
import { Heap, type HeapObject } from './heap'
import type { Intrinsics } from './intrinsics'
import { kindOf, type Kind } from './kinds'
import { LentMembers } from './lent-members'
import { randomNonce } from './nonces'
import { isRememberedProxy } from './remembered-proxies'
import { Replicas } from './replicas'
import { Server } from './server'
import { Snapshots } from './snapshot'
import { type Answer, StandIns } from './stand-ins'
import { Twins, watchTwin } from './twins'
import { MAX_DEPTH, readId, readList, readNumber, readText, type Wire } from './wire'

/*
 * One end of the membrane. Only one end runs at a time: whoever asks waits, and while it waits it serves what the
 * other asks back. So calls nest like calls of one process, and nothing ever crosses on the way.
 *
 *   ['q', nonce, operation, heap, updates, clock, ...values]    a question
 *   ['a', nonce, outcome, heap, updates, clock, ...values]      its answer: 0 returned, 1 threw, 2 there is none
 *   ['t', operation, heap, updates, clock, ...values]           told, not asked
 */

export interface EndpointOptions {
  /** The judge's ids are even, the guest's odd. */
  role: 'judge' | 'guest'
  channel: Channel
  intrinsics: Intrinsics
  drive?: (source: string, args: unknown[]) => unknown
  /** The time to send along: [Date.now(), performance.now()] while the tests hold the clock, else null. */
  clock?: () => [number, number] | null
  onClock?: (clock: [number, number] | null) => void
  /** Questions and news that are not about objects: timers, the pump, loading. */
  onQuestion?: (operation: string, values: unknown[]) => Answer | undefined
  onTold?: (operation: string, values: unknown[]) => boolean
  /** Kinds that only the host can tell: what the solution exports. */
  kindOf?: (value: object) => Kind | null
  /** Whether an object is a proxy; without it, whether it is one that was remembered. */
  isProxy?: (value: object) => boolean
  /** Called once, with the first breach or the end of the channel. */
  onFailure?: (failure: ProtocolBreach | ChannelClosed) => void
  /** Called after every frame that left. */
  onSent?: () => void
}

const OUTCOME = { returned: 0, threw: 1, absent: 2 } as const

export class Endpoint {
  readonly heap: Heap
  readonly replicas: Replicas
  readonly standIns: StandIns
  readonly twins = new Twins()
  readonly snapshots: Snapshots
  readonly trusted: boolean
  /** The first breach or the end of the channel; every later use throws it again. */
  failure: ProtocolBreach | ChannelClosed | null = null
  readonly #decoder: Decoder
  readonly #server: Server
  /** The judge's only. */
  readonly #lent: LentMembers | null
  #depth = 0
  #nonce = randomNonce()

  constructor(readonly options: EndpointOptions) {
    const { role, intrinsics, drive } = options
    this.trusted = role === 'judge'
    this.heap = new Heap(role === 'judge' ? 0 : 1)
    this.replicas = new Replicas(this.heap)
    this.standIns = new StandIns({
      ask: (operation, values) => this.ask(operation, values),
      intrinsics,
      trusted: this.trusted,
      touch: (value) => this.replicas.touch([value]),
    })
    this.snapshots = new Snapshots(this.standIns)
    const { heap, replicas, standIns, twins } = this
    this.#decoder = new Decoder({ heap, replicas, intrinsics, standIns, twins })
    this.#lent = this.trusted ? new LentMembers(heap, options.isProxy ?? isRememberedProxy) : null
    this.#server = new Server({ heap, intrinsics, trusted: this.trusted, lent: this.#lent, drive: drive ?? null })
  }

  /** Asks the other end and waits, serving what it asks meanwhile. Throws what its code threw. */
  ask(operation: string, values: unknown[]): Answer {
    if (this.failure) throw this.failure
    if (this.#depth >= MAX_DEPTH) throw new RangeError('Maximum call stack size exceeded')
    const nonce = this.#nextNonce()
    this.#send(['q', nonce, operation], values)
    this.#depth++
    try {
      return this.#guarded(() => this.#awaitAnswer(nonce))
    } finally {
      this.#depth--
    }
  }

  /** Tells the other end something that needs no answer. */
  tell(operation: string, values: unknown[]): void {
    if (this.failure) throw this.failure
    this.#send(['t', operation], values)
  }

  /** Serves until this operation has been asked and answered. */
  serveUntil(operation: string): void {
    while (this.serveOne() !== operation);
  }

  /** Takes one frame that is no answer; returns what was asked or told. */
  serveOne(): string {
    return this.#guarded(() => this.#take(this.options.channel.receive()))
  }

  #awaitAnswer(nonce: number): Answer {
    for (;;) {
      const frame = this.options.channel.receive()
      if (frame[0] !== 'a') {
        this.#take(frame)
        continue
      }
      const [, echo, outcome, heap, updates, clock, ...values] = frame
      if (echo !== nonce) throw new ProtocolBreach('an answer to another question')
      const list = this.#takeIn(heap, updates, clock, values)
      if (outcome === OUTCOME.absent) return { absent: true }
      if (outcome === OUTCOME.threw) throw new Thrown(list[0])
      if (outcome !== OUTCOME.returned || list.length === 0) throw new ProtocolBreach('an answer that says nothing')
      return { absent: false, list }
    }
  }

  /** Handles a frame that is no answer; returns what was asked or told. */
  #take(frame: Frame): string {
    const [type, ...rest] = frame
    if (type === 't') {
      const [operation, heap, updates, clock, ...values] = rest
      const list = this.#takeIn(heap, updates, clock, values)
      this.#hear(readText(operation, 'operation'), list)
      return readText(operation, 'operation')
    }
    if (type !== 'q') throw new ProtocolBreach('an answer that was not asked for')
    const [nonce, operation, heap, updates, clock, ...values] = rest
    const list = this.#takeIn(heap, updates, clock, values)
    this.#serve(readNumber(nonce, 'nonce'), readText(operation, 'operation'), list)
    return readText(operation, 'operation')
  }

  #takeIn(heap: unknown, updates: unknown, clock: unknown, values: Wire[]): unknown[] {
    try {
      this.#decoder.takeIn(readList(heap, 'heap'), readList(updates, 'updates'))
      this.options.onClock?.(Array.isArray(clock) ? [Number(clock[0]), Number(clock[1])] : null)
      const list = values.map((value) => this.#decoder.value(value))
      this.replicas.touch(list)
      return list
    } catch (error) {
      // Whatever else goes wrong while reading, such as a chain of prototypes that bites its tail, no honest end sends.
      throw isFailure(error) ? error : new ProtocolBreach(`a frame that cannot be read: ${String(error)}`)
    }
  }

  #hear(operation: string, values: unknown[]): void {
    if (operation === 'settle') {
      const [id, fulfilled, value] = values
      const settled = this.standIns.settling(() => this.twins.settle(readId(id), fulfilled === true, value))
      if (!settled) throw new ProtocolBreach('a promise settled twice')
      return
    }
    if (!this.options.onTold?.(operation, values)) throw new ProtocolBreach('unknown news')
  }

  #serve(nonce: number, operation: string, values: unknown[]): void {
    if (this.#depth >= MAX_DEPTH) throw new ProtocolBreach('calls nested too deep')
    this.#depth++
    let outcome: number = OUTCOME.returned
    let list: unknown[]
    try {
      const answer = this.#answer(operation, values)
      outcome = answer.absent ? OUTCOME.absent : OUTCOME.returned
      list = answer.absent ? [] : answer.list
    } catch (error) {
      if (this.failure ?? isFailure(error)) throw error
      outcome = OUTCOME.threw
      list = [error]
    } finally {
      this.#depth--
    }
    // What was passed may have been changed in place.
    this.#reply(nonce, outcome, list, values)
  }

  #answer(operation: string, values: unknown[]): Answer {
    if (operation === 'abort') {
      const [id, reason] = values
      if (!this.twins.abort(readId(id), reason)) throw new ProtocolBreach('an abort of no signal')
      return { absent: false, list: [undefined] }
    }
    return this.options.onQuestion?.(operation, values) ?? this.#server.answer(operation, values)
  }

  #reply(nonce: number, outcome: number, list: unknown[], passed: unknown[]): void {
    try {
      this.#send(['a', nonce, outcome], list, passed)
    } catch (error) {
      if (this.failure ?? isFailure(error)) throw error
      this.#send(['a', nonce, OUTCOME.threw], [error], passed)
    }
  }

  #send(head: Wire[], values: unknown[], alsoBringUpToDate: unknown[] = []): void {
    const { intrinsics, channel, clock, onSent } = this.options
    const { heap, replicas, trusted } = this
    const encoder = new Encoder({
      heap,
      replicas,
      intrinsics,
      trusted,
      kindOf: (value) => this.options.kindOf?.(value) ?? kindOf(value),
      watch: (entry) => this.#watch(entry),
    })
    let wires: Wire[]
    try {
      wires = values.map((value) => encoder.value(value))
      for (const value of alsoBringUpToDate) {
        if (typeof value === 'object' && value !== null && heap.entryOf(value)) encoder.value(value)
      }
      encoder.finish()
      const lent = this.#lent?.changes() ?? []
      for (const change of lent) encoder.tellLent(change)
      this.#lent?.agree(lent)
    } catch (error) {
      encoder.abandon()
      throw error
    }
    const frame: Frame = [...head, encoder.heapEntries as unknown as Wire, encoder.updates as unknown as Wire, clock?.() ?? null, ...wires]
    this.#guarded(() => channel.send(frame))
    onSent?.()
  }

  #watch(entry: HeapObject): void {
    watchTwin(entry, {
      settled: (id, fulfilled, value) => {
        if (!this.failure) this.#tellSettled(id, fulfilled, value)
      },
      aborted: (id, reason) => {
        if (!this.failure) this.ask('abort', [id, reason])
      },
    })
  }

  #tellSettled(id: number, fulfilled: boolean, value: unknown): void {
    try {
      this.tell('settle', [id, fulfilled, value])
    } catch (error) {
      if (isFailure(error)) return
      this.tell('settle', [id, false, error])
    }
  }

  /** Remembers the first breach or end, and unwraps what the other end's code threw. */
  #guarded<T>(step: () => T): T {
    try {
      return step()
    } catch (error) {
      if (error instanceof Thrown) throw error.value
      if (isFailure(error)) this.#fail(error)
      throw error
    }
  }

  /** Everything that still waits for the other end learns that nothing will come. */
  #fail(failure: ProtocolBreach | ChannelClosed): void {
    if (this.failure) return
    this.failure = failure
    this.twins.rejectAll(failure)
    this.options.onFailure?.(failure)
  }

  #nextNonce(): number {
    this.#nonce = this.trusted ? randomNonce() : this.#nonce + 1
    return this.#nonce
  }
}

/** Carries what the other end's code threw past the reader of frames. */
class Thrown {
  constructor(readonly value: unknown) {}
}

function isFailure(error: unknown): error is ProtocolBreach | ChannelClosed {
  try {
    return error instanceof ProtocolBreach || error instanceof ChannelClosed
  } catch {
    // A proxy of the solution's that does not tell its prototype.
    return false
  }
}
