/** A work list of exchanges, each expanded once; every exchange type is a function from a message to the bindings that match. */
export type ExchangeType = 'direct' | 'fanout' | 'topic' | 'headers'

export type Headers = Readonly<Record<string, unknown>>

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

interface Binding {
  readonly target: Target
  readonly routingKey: string
  readonly headers: Headers
}

interface Exchange {
  readonly type: ExchangeType
  readonly internal: boolean
  readonly alternate: string | undefined
  readonly bindings: Map<string, Binding>
}

const DEFAULT = ''

const wordsOf = (text: string): string[] => (text === '' ? [] : text.split('.'))

/** Whether a key fits a pattern with * (one word) and # (any number of words). */
export function topicMatch(pattern: string, key: string): boolean {
  const words = wordsOf(key)
  // fits[n]: the pattern so far fits the first n words of the key.
  let fits: boolean[] = words.map(() => false)
  fits.unshift(true)
  for (const part of wordsOf(pattern)) {
    const after: boolean[] = [part === '#' && fits[0] === true]
    words.forEach((word, n) => {
      const isFit = part === '#' ? fits[n + 1] || after[n] : fits[n] && (part === '*' || part === word)
      after.push(isFit === true)
    })
    fits = after
  }
  return fits[words.length] === true
}

function headersMatch(wanted: Headers, given: Headers): boolean {
  const matches = Object.entries(wanted)
    .filter(([name]) => !name.startsWith('x-'))
    .map(([name, value]) => Object.hasOwn(given, name) && (value === null || given[name] === value))
  return wanted['x-match'] === 'any' ? matches.includes(true) : !matches.includes(false)
}

const MATCHERS: Readonly<Record<ExchangeType, (binding: Binding, routingKey: string, headers: Headers) => boolean>> = {
  direct: (binding, routingKey) => binding.routingKey === routingKey,
  fanout: () => true,
  topic: (binding, routingKey) => topicMatch(binding.routingKey, routingKey),
  headers: (binding, _, headers) => headersMatch(binding.headers, headers),
}

function idOf(target: Target, routingKey: string): string {
  return JSON.stringify('queue' in target ? ['queue', target.queue, routingKey] : ['exchange', target.exchange, routingKey])
}

/** Routes messages from exchanges to queues. */
export class Router {
  /** All but the default exchange. */
  readonly #exchanges = new Map<string, Exchange>()
  readonly #queues = new Map<string, unknown[]>()

  exchange(name: string, type: ExchangeType, opts: { internal?: boolean; alternate?: string } = {}): void {
    if (name === DEFAULT) throw new AmqpError('ACCESS_REFUSED', 'the default exchange cannot be declared')
    const { internal = false, alternate } = opts
    const known = this.#exchanges.get(name)
    if (known === undefined) {
      this.#exchanges.set(name, { type, internal, alternate, bindings: new Map() })
    } else if (known.type !== type || known.internal !== internal || known.alternate !== alternate) {
      throw new AmqpError('PRECONDITION_FAILED', `exchange ${name} exists with other properties`)
    }
  }

  queue(name: string): void {
    if (!this.#queues.has(name)) this.#queues.set(name, [])
  }

  bind(target: Target, source: string, routingKey: string, headers: Headers = {}): void {
    if (source === DEFAULT || ('exchange' in target && target.exchange === DEFAULT)) {
      throw new AmqpError('ACCESS_REFUSED', 'the default exchange cannot be bound')
    }
    const exchange = this.#exchanges.get(source)
    if (exchange === undefined) throw new AmqpError('NOT_FOUND', `no exchange ${source}`)
    const exists = 'queue' in target ? this.#queues.has(target.queue) : this.#exchanges.has(target.exchange)
    if (!exists) throw new AmqpError('NOT_FOUND', 'the target of the binding does not exist')
    const mode = headers['x-match']
    if (exchange.type === 'headers' && mode !== undefined && mode !== 'all' && mode !== 'any') {
      throw new AmqpError('PRECONDITION_FAILED', `unknown x-match ${String(mode)}`)
    }
    exchange.bindings.set(idOf(target, routingKey), { target: { ...target }, routingKey, headers: { ...headers } })
  }

  unbind(target: Target, source: string, routingKey: string): boolean {
    return this.#exchanges.get(source)?.bindings.delete(idOf(target, routingKey)) ?? false
  }

  publish(
    exchange: string,
    routingKey: string,
    body: unknown,
    opts: { headers?: Headers; mandatory?: boolean } = {},
  ): { queues: string[]; returned: boolean } {
    if (exchange !== DEFAULT) {
      const first = this.#exchanges.get(exchange)
      if (first === undefined) throw new AmqpError('NOT_FOUND', `no exchange ${exchange}`)
      if (first.internal) throw new AmqpError('ACCESS_REFUSED', `exchange ${exchange} is internal`)
    }
    const queues = [...this.#route(exchange, routingKey, opts.headers ?? {})].sort()
    for (const queue of queues) this.#queues.get(queue)?.push(body)
    return { queues, returned: queues.length === 0 && opts.mandatory === true }
  }

  messages(queue: string): unknown[] {
    const bodies = this.#queues.get(queue)
    if (bodies === undefined) throw new AmqpError('NOT_FOUND', `no queue ${queue}`)
    return [...bodies]
  }

  #route(start: string, routingKey: string, headers: Headers): Set<string> {
    const queues = new Set<string>()
    // A set that grows while it is walked: each exchange is walked once.
    const reached = new Set([start])
    for (const name of reached) {
      if (name === DEFAULT) {
        if (this.#queues.has(routingKey)) queues.add(routingKey)
        continue
      }
      const exchange = this.#exchanges.get(name)
      if (exchange === undefined) continue // an alternate that was never declared
      const isMatch = MATCHERS[exchange.type]
      const matching = [...exchange.bindings.values()].filter((binding) => isMatch(binding, routingKey, headers))
      for (const { target } of matching) {
        if ('queue' in target) queues.add(target.queue)
        else reached.add(target.exchange)
      }
      if (matching.length === 0 && exchange.alternate !== undefined) reached.add(exchange.alternate)
    }
    return queues
  }
}
