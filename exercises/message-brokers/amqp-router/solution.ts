export type ExchangeType = 'direct' | 'fanout' | 'topic' | 'headers'

export type Headers = Readonly<Record<string, unknown>>

/** Where a binding leads. */
export type Target = { queue: string } | { exchange: string }

export class AmqpError extends Error {
  override name = 'AmqpError'

  constructor(
    readonly code: 'NOT_FOUND' | 'PRECONDITION_FAILED' | 'ACCESS_REFUSED',
    message: string,
  ) {
    super(message)
  }
}

/** Whether a key fits a pattern with * (one word) and # (any number of words). */
export function topicMatch(pattern: string, key: string): boolean {
  const words = wordsOf(key)
  // fits[i]: the pattern words so far can cover exactly the first i words of the key.
  let fits = [true, ...words.map(() => false)]
  for (const part of wordsOf(pattern)) {
    const next: boolean[] = []
    for (let i = 0; i <= words.length; i++) {
      const before = i > 0 && fits[i - 1] === true
      if (part === '#') next.push(fits[i] === true || next[i - 1] === true)
      else next.push(before && (part === '*' || part === words[i - 1]))
    }
    fits = next
  }
  return fits[words.length] === true
}

interface Binding {
  readonly target: Target
  readonly routingKey: string
  readonly headers: Headers
}

interface Exchange {
  readonly type: ExchangeType
  readonly internal: boolean
  readonly alternate: string | undefined
  /** By target and routing key. */
  readonly bindings: Map<string, Binding>
}

interface Message {
  readonly routingKey: string
  readonly headers: Headers
}

/** Routes messages from exchanges to queues. */
export class Router {
  readonly #exchanges = new Map<string, Exchange>()
  readonly #queues = new Map<string, unknown[]>()

  exchange(name: string, type: ExchangeType, opts: { internal?: boolean; alternate?: string } = {}): void {
    refuseDefault(name)
    const { internal = false, alternate } = opts
    const known = this.#exchanges.get(name)
    if (known === undefined) {
      this.#exchanges.set(name, { type, internal, alternate, bindings: new Map() })
    } else if (known.type !== type || known.internal !== internal || known.alternate !== alternate) {
      throw new AmqpError('PRECONDITION_FAILED', `exchange ${name} was declared otherwise`)
    }
  }

  queue(name: string): void {
    if (!this.#queues.has(name)) this.#queues.set(name, [])
  }

  bind(target: Target, source: string, routingKey: string, headers: Headers = {}): void {
    refuseDefault(source)
    const { type, bindings } = this.#exchangeNamed(source)
    if ('queue' in target) {
      this.#queueNamed(target.queue)
    } else {
      refuseDefault(target.exchange)
      this.#exchangeNamed(target.exchange)
    }
    if (type === 'headers' && !['all', 'any', undefined].includes(headers['x-match'] as string | undefined)) {
      throw new AmqpError('PRECONDITION_FAILED', 'x-match must be all or any')
    }
    bindings.set(keyOf(target, routingKey), { target: { ...target }, routingKey, headers: { ...headers } })
  }

  /** Whether there was such a binding. */
  unbind(target: Target, source: string, routingKey: string): boolean {
    return this.#exchanges.get(source)?.bindings.delete(keyOf(target, routingKey)) ?? false
  }

  publish(
    exchange: string,
    routingKey: string,
    body: unknown,
    opts: { headers?: Headers; mandatory?: boolean } = {},
  ): { queues: string[]; returned: boolean } {
    const { headers = {}, mandatory = false } = opts
    const queues = [...this.#route(exchange, { routingKey, headers })].sort()
    for (const name of queues) this.#queueNamed(name).push(body)
    return { queues, returned: mandatory && queues.length === 0 }
  }

  /** The bodies that have come to a queue. */
  messages(queue: string): unknown[] {
    return [...this.#queueNamed(queue)]
  }

  /** The queues that a message reaches: a walk through a graph in which each node is visited once. */
  #route(start: string, message: Message): ReadonlySet<string> {
    const queues = new Set<string>()
    if (start === '') {
      if (this.#queues.has(message.routingKey)) queues.add(message.routingKey)
      return queues
    }
    if (this.#exchangeNamed(start).internal) throw new AmqpError('ACCESS_REFUSED', `exchange ${start} is internal`)
    // A set is walked through in the order of its entries, also those that are added meanwhile.
    const visited = new Set([start])
    for (const name of visited) {
      for (const target of this.#targetsFrom(name, message)) {
        if ('queue' in target) queues.add(target.queue)
        else visited.add(target.exchange)
      }
    }
    return queues
  }

  #targetsFrom(name: string, message: Message): Target[] {
    const { type, bindings, alternate } = this.#exchangeNamed(name)
    const targets = [...bindings.values()].filter((one) => matches(type, one, message)).map(({ target }) => target)
    if (targets.length > 0 || alternate === undefined) return targets
    return this.#exchanges.has(alternate) ? [{ exchange: alternate }] : []
  }

  #exchangeNamed(name: string): Exchange {
    const exchange = this.#exchanges.get(name)
    if (exchange === undefined) throw new AmqpError('NOT_FOUND', `no exchange ${name}`)
    return exchange
  }

  #queueNamed(name: string): unknown[] {
    const queue = this.#queues.get(name)
    if (queue === undefined) throw new AmqpError('NOT_FOUND', `no queue ${name}`)
    return queue
  }
}

function wordsOf(text: string): string[] {
  return text === '' ? [] : text.split('.')
}

function matches(type: ExchangeType, binding: Binding, message: Message): boolean {
  switch (type) {
    case 'direct':
      return binding.routingKey === message.routingKey
    case 'fanout':
      return true
    case 'topic':
      return topicMatch(binding.routingKey, message.routingKey)
    case 'headers':
      return headersMatch(binding.headers, message.headers)
  }
}

function headersMatch(wanted: Headers, headers: Headers): boolean {
  const entries = Object.entries(wanted).filter(([name]) => !name.startsWith('x-'))
  const fits = ([name, value]: [string, unknown]): boolean =>
    Object.hasOwn(headers, name) && (value === null || headers[name] === value)
  return wanted['x-match'] === 'any' ? entries.some(fits) : entries.every(fits)
}

function keyOf(target: Target, routingKey: string): string {
  return JSON.stringify([target, routingKey])
}

function refuseDefault(name: string): void {
  if (name === '') throw new AmqpError('ACCESS_REFUSED', 'not possible for the default exchange')
}
