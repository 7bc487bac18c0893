/** A heap of ready messages by their numbers, a line of consumers, and one loop that hands out until nothing more is possible. */
export interface Delivery<T> {
  tag: number
  body: T
  redelivered: boolean
}

export class PreconditionError extends Error {
  override name = 'PreconditionError'
}

interface Message<T> {
  /** Grows with each message that is published. */
  readonly number: number
  readonly body: T
  deliveries: number
}

/** Gives the message that was published first. */
class ReadyHeap<T> {
  private readonly items: Message<T>[] = []

  get size(): number {
    return this.items.length
  }

  push(message: Message<T>): void {
    const { items } = this
    let at = items.length
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = items[parent]
      if (above === undefined || above.number < message.number) break
      items[at] = above
      at = parent
    }
    items[at] = message
  }

  pop(): Message<T> | undefined {
    const { items } = this
    const first = items[0]
    const last = items.pop()
    if (last === undefined || items.length === 0) return first
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      let below = items[child]
      const right = items[child + 1]
      if (below !== undefined && right !== undefined && right.number < below.number) {
        child++
        below = right
      }
      if (below === undefined || last.number < below.number) break
      items[at] = below
      at = child
    }
    items[at] = last
    return first
  }
}

/** Unacked messages by their tags, which come in ascending. */
class Held<T> {
  private readonly messages = new Map<number, Message<T>>()
  /** The tags in order, with some that are not held any more. */
  private tags: number[] = []
  private first = 0

  get size(): number {
    return this.messages.size
  }

  has(tag: number): boolean {
    return this.messages.has(tag)
  }

  add(tag: number, message: Message<T>): void {
    if (this.tags.length > 2 * this.messages.size + 32) {
      this.tags = [...this.messages.keys()]
      this.first = 0
    }
    this.messages.set(tag, message)
    this.tags.push(tag)
  }

  take(tag: number): Message<T>[] {
    const message = this.messages.get(tag)
    this.messages.delete(tag)
    return message === undefined ? [] : [message]
  }

  /** In the order of their tags. */
  takeUpTo(limit: number): Message<T>[] {
    const taken: Message<T>[] = []
    for (let tag = this.tags[this.first]; tag !== undefined && tag <= limit; tag = this.tags[++this.first]) {
      taken.push(...this.take(tag))
    }
    return taken
  }
}

interface Consumer<T> {
  readonly name: string
  readonly room: number
  readonly autoAck: boolean
  readonly deliver: (delivery: Delivery<T>) => void
  readonly held: Held<T>
}

export class AckQueue<T> {
  private readonly deliveryLimit: number
  private readonly waiting = new ReadyHeap<T>()
  private readonly consumers = new Map<string, Consumer<T>>()
  /** The same consumers, the one whose turn it is first. */
  private readonly line: Consumer<T>[] = []
  private readonly buried: T[] = []
  private published = 0
  private lastTag = 0
  private withConsumers = 0
  private handingOut = false

  constructor(opts: { deliveryLimit?: number } = {}) {
    const { deliveryLimit } = opts
    if (deliveryLimit !== undefined && (!Number.isInteger(deliveryLimit) || deliveryLimit < 1)) {
      throw new RangeError('deliveryLimit must be a whole number from 1 on')
    }
    this.deliveryLimit = deliveryLimit ?? Infinity
  }

  publish(body: T): void {
    this.waiting.push({ number: this.published++, body, deliveries: 0 })
    this.handOut()
  }

  consume(
    consumer: string,
    opts: { prefetch: number; autoAck?: boolean },
    deliver: (delivery: Delivery<T>) => void,
  ): void {
    const { prefetch, autoAck = false } = opts
    if (!Number.isInteger(prefetch) || prefetch < 0) throw new RangeError('prefetch must be a whole number from 0 on')
    if (this.consumers.has(consumer)) throw new PreconditionError(`${consumer} is in use`)
    const room = prefetch === 0 || autoAck ? Infinity : prefetch
    const added: Consumer<T> = { name: consumer, room, autoAck, deliver, held: new Held() }
    this.consumers.set(consumer, added)
    this.line.push(added)
    this.handOut()
  }

  ack(consumer: string, tag: number, multiple = false): void {
    this.answer(consumer, tag, multiple)
    this.handOut()
  }

  nack(consumer: string, tag: number, opts: { requeue: boolean; multiple?: boolean }): void {
    for (const message of this.answer(consumer, tag, opts.multiple ?? false)) {
      if (opts.requeue) this.comeBack(message)
      else this.buried.push(message.body)
    }
    this.handOut()
  }

  cancel(consumer: string): void {
    const found = this.consumers.get(consumer)
    if (found === undefined) return
    this.end(found)
    this.handOut()
  }

  get ready(): number {
    return this.waiting.size
  }

  get unacked(): number {
    return this.withConsumers
  }

  get dead(): readonly T[] {
    return [...this.buried]
  }

  /** Takes from the consumer what is answered. */
  private answer(name: string, tag: number, multiple: boolean): Message<T>[] {
    const consumer = this.consumers.get(name)
    if (consumer === undefined) throw new PreconditionError(`there is no consumer ${name}`)
    if (!consumer.held.has(tag)) throw new PreconditionError(`${name} does not hold ${tag}`)
    const messages = multiple ? consumer.held.takeUpTo(tag) : consumer.held.take(tag)
    this.withConsumers -= messages.length
    return messages
  }

  private comeBack(message: Message<T>): void {
    if (message.deliveries >= this.deliveryLimit) this.buried.push(message.body)
    else this.waiting.push(message)
  }

  private end(consumer: Consumer<T>): void {
    if (this.consumers.get(consumer.name) !== consumer) return
    this.consumers.delete(consumer.name)
    this.line.splice(this.line.indexOf(consumer), 1)
    const messages = consumer.held.takeUpTo(Infinity)
    this.withConsumers -= messages.length
    for (const message of messages) this.comeBack(message)
  }

  /** Called again by a callback it does nothing: the loop that is running goes on afterwards. */
  private handOut(): void {
    if (this.handingOut) return
    this.handingOut = true
    while (this.waiting.size > 0) {
      const at = this.line.findIndex(({ held, room }) => held.size < room)
      const consumer = this.line[at]
      if (consumer === undefined) break
      const message = this.waiting.pop()
      if (message === undefined) break
      this.line.splice(at, 1)
      this.line.push(consumer)
      this.hand(message, consumer)
    }
    this.handingOut = false
  }

  private hand(message: Message<T>, consumer: Consumer<T>): void {
    const tag = ++this.lastTag
    const redelivered = message.deliveries > 0
    message.deliveries++
    if (!consumer.autoAck) {
      consumer.held.add(tag, message)
      this.withConsumers++
    }
    try {
      consumer.deliver({ tag, body: message.body, redelivered })
    } catch {
      this.end(consumer)
    }
  }
}
