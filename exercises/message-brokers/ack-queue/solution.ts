export interface Delivery<T> {
  /** Number of the delivery. */
  tag: number
  body: T
  /** Whether the message has been delivered before. */
  redelivered: boolean
}

/** The consumer does not hold what it answers, or its name is taken. */
export class PreconditionError extends Error {
  override name = 'PreconditionError'
}

interface Message<T> {
  /** Position in the order of publishing. */
  readonly place: number
  readonly body: T
  deliveries: number
}

interface Consumer<T> {
  /** How many unacked messages it may hold. */
  readonly capacity: number
  readonly autoAck: boolean
  readonly deliver: (delivery: Delivery<T>) => void
  /** By tag, in the order of the tags. */
  readonly unacked: Map<number, Message<T>>
}

/** A queue that keeps each message until a consumer has done it. */
export class AckQueue<T> {
  readonly #deliveryLimit: number
  /** Never delivered so far: the older ones, of which the oldest is the last, and those published since. */
  #older: Array<Message<T>> = []
  #newer: Array<Message<T>> = []
  /** Came back; the oldest is the last. All of them are older than every fresh message. */
  readonly #returned: Array<Message<T>> = []
  /** By name, in the order of their turns. */
  readonly #line = new Map<string, Consumer<T>>()
  readonly #dead: T[] = []
  #published = 0
  #lastTag = 0
  #isDispatching = false

  constructor({ deliveryLimit = Infinity }: { deliveryLimit?: number } = {}) {
    if (deliveryLimit !== Infinity && !(Number.isInteger(deliveryLimit) && deliveryLimit >= 1)) {
      throw new RangeError('deliveryLimit must be a whole number above 0')
    }
    this.#deliveryLimit = deliveryLimit
  }

  publish(body: T): void {
    this.#newer.push({ place: this.#published++, body, deliveries: 0 })
    this.#dispatch()
  }

  consume(
    consumer: string,
    opts: { prefetch: number; autoAck?: boolean },
    deliver: (delivery: Delivery<T>) => void,
  ): void {
    const { prefetch, autoAck = false } = opts
    if (!(Number.isInteger(prefetch) && prefetch >= 0)) throw new RangeError('prefetch must be a whole number')
    if (this.#line.has(consumer)) throw new PreconditionError(`${consumer} is consuming already`)
    const capacity = autoAck || prefetch === 0 ? Infinity : prefetch
    this.#line.set(consumer, { capacity, autoAck, deliver, unacked: new Map() })
    this.#dispatch()
  }

  ack(consumer: string, tag: number, multiple = false): void {
    this.#take(consumer, tag, multiple)
    this.#dispatch()
  }

  nack(consumer: string, tag: number, opts: { requeue: boolean; multiple?: boolean }): void {
    const { requeue, multiple = false } = opts
    const messages = this.#take(consumer, tag, multiple)
    if (requeue) this.#giveBack(messages)
    else for (const { body } of messages) this.#dead.push(body)
    this.#dispatch()
  }

  /** Ends a consumer; what it holds comes back. */
  cancel(consumer: string): void {
    const ended = this.#line.get(consumer)
    if (ended === undefined) return
    this.#line.delete(consumer)
    this.#giveBack([...ended.unacked.values()])
    this.#dispatch()
  }

  /** How many messages wait. */
  get ready(): number {
    return this.#returned.length + this.#older.length + this.#newer.length
  }

  /** How many messages are with consumers. */
  get unacked(): number {
    let sum = 0
    for (const { unacked } of this.#line.values()) sum += unacked.size
    return sum
  }

  get dead(): readonly T[] {
    return [...this.#dead]
  }

  /** Takes from a consumer what it answers. */
  #take(name: string, tag: number, multiple: boolean): Array<Message<T>> {
    const unacked = this.#line.get(name)?.unacked
    const answered = unacked?.get(tag)
    if (unacked === undefined || answered === undefined) throw new PreconditionError(`${name} does not hold ${tag}`)
    const taken = multiple ? [...unacked].filter(([one]) => one <= tag) : [[tag, answered] as const]
    for (const [one] of taken) unacked.delete(one)
    return taken.map(([, message]) => message)
  }

  #giveBack(messages: ReadonlyArray<Message<T>>): void {
    for (const message of messages) {
      if (message.deliveries >= this.#deliveryLimit) this.#dead.push(message.body)
      else this.#returned.push(message)
    }
    this.#returned.sort((a, b) => b.place - a.place)
  }

  /** Delivers as long as it can. What callbacks make possible is left to the loop that is running. */
  #dispatch(): void {
    if (this.#isDispatching) return
    this.#isDispatching = true
    while (this.ready > 0) {
      const next = [...this.#line].find(([, { unacked, capacity }]) => unacked.size < capacity)
      if (next === undefined) break
      this.#deliver(...next)
    }
    this.#isDispatching = false
  }

  #deliver(name: string, consumer: Consumer<T>): void {
    // A Map keeps the order of insertion, so this is the end of the line.
    this.#line.delete(name)
    this.#line.set(name, consumer)
    const message = this.#first()
    const tag = ++this.#lastTag
    if (!consumer.autoAck) consumer.unacked.set(tag, message)
    const redelivered = message.deliveries++ > 0
    try {
      consumer.deliver({ tag, body: message.body, redelivered })
    } catch {
      // It may have been cancelled meanwhile, and another may have its name.
      if (this.#line.get(name) === consumer) this.cancel(name)
    }
  }

  /** Takes the first ready message. */
  #first(): Message<T> {
    const message = this.#returned.pop() ?? this.#firstFresh()
    if (message === undefined) throw new Error('nothing is ready')
    return message
  }

  /** Takes from the end of a list, which moves nothing; each message is turned round once. */
  #firstFresh(): Message<T> | undefined {
    if (this.#older.length === 0) {
      this.#older = this.#newer.reverse()
      this.#newer = []
    }
    return this.#older.pop()
  }
}
