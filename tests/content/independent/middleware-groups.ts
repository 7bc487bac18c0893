/** Groups copy their parent's middleware into one shared route list; a request is a cursor over its chain, which next() and the engine both advance. */
export interface Req {
  method: string
  path: string
  headers?: Readonly<Record<string, string>>
  query?: Readonly<Record<string, string>>
  body?: unknown
}

export interface Res {
  status: number
  headers: Record<string, string>
  body: string
}

export type Handler = (c: Ctx) => void | Promise<void>

export interface Ctx {
  readonly req: Req
  readonly params: Readonly<Record<string, string>>
  next(): Promise<void>
  abort(): void
  abortWithStatus(code: number): void
  readonly aborted: boolean
  set(key: string, value: unknown): void
  get<T>(key: string): T | undefined
  cookie(name: string): string | undefined
  setCookie(name: string, value: string): void
  text(status: number, s: string): void
  json(status: number, v: unknown): void
  jsonp(status: number, v: unknown): void
}

export interface Group {
  use(...mw: Handler[]): this
  group(prefix: string, ...mw: Handler[]): Group
  handle(method: string, path: string, ...handlers: Handler[]): this
  any(path: string, ...handlers: Handler[]): this
}

interface Route {
  readonly method: string
  readonly segments: readonly string[]
  readonly chain: readonly Handler[]
}

type Params = Readonly<Record<string, string>>

const ALL_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']
const IDENTIFIER = /^[A-Za-z_$][A-Za-z0-9_$]*$/

const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '')

/** The parameters, if the pattern matches the path as it is. */
function match(pattern: readonly string[], path: string): Params | null {
  const given = path.split('/')
  // The path begins with a slash; "/" itself has one empty segment behind it.
  const wanted = pattern.length === 0 ? ['', ''] : ['', ...pattern]
  if (given.length !== wanted.length) return null
  const params: Array<[string, string]> = []
  for (const [i, segment] of given.entries()) {
    const expected = wanted[i] ?? ''
    if (expected.startsWith(':') && expected.length > 1) {
      if (segment === '') return null
      params.push([expected.slice(1), segment])
    } else if (segment !== expected) {
      return null
    }
  }
  return Object.fromEntries(params)
}

function own(record: Readonly<Record<string, string>> | undefined, name: string): string | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

class Exchange implements Ctx {
  #cursor = 0
  #aborted = false
  #status = 200
  #body = ''
  readonly #headers = new Map<string, string>()
  readonly #cookies = new Map<string, string>()
  readonly #values = new Map<string, unknown>()

  constructor(
    readonly req: Req,
    readonly params: Params,
    readonly chain: readonly Handler[],
  ) {}

  async next(): Promise<void> {
    while (!this.#aborted) {
      const handler = this.chain[this.#cursor]
      if (handler === undefined) return
      this.#cursor++
      try {
        await handler(this)
      } catch {
        this.#fail()
      }
    }
  }

  abort(): void {
    this.#aborted = true
  }

  abortWithStatus(code: number): void {
    this.#aborted = true
    this.#status = code
  }

  get aborted(): boolean {
    return this.#aborted
  }

  set(key: string, value: unknown): void {
    this.#values.set(key, value)
  }

  get<T>(key: string): T | undefined {
    return this.#values.get(key) as T | undefined
  }

  cookie(name: string): string | undefined {
    for (const pair of own(this.req.headers, 'cookie')?.split(';') ?? []) {
      const text = pair.trim()
      const equals = text.indexOf('=')
      if (equals >= 0 && text.slice(0, equals) === name) return decode(text.slice(equals + 1))
    }
    return undefined
  }

  setCookie(name: string, value: string): void {
    this.#cookies.set(name, encodeURIComponent(value))
  }

  text(status: number, s: string): void {
    this.#write(status, 'text/plain', s)
  }

  json(status: number, v: unknown): void {
    this.#write(status, 'application/json', JSON.stringify(v) ?? '')
  }

  jsonp(status: number, v: unknown): void {
    const callback = own(this.req.query, 'callback')
    if (callback === undefined || !IDENTIFIER.test(callback)) this.json(status, v)
    else this.#write(status, 'application/javascript', `${callback}(${JSON.stringify(v) ?? ''});`)
  }

  /** Nothing is there for this request; other methods may be. */
  miss(allowed: readonly string[]): void {
    this.#status = allowed.length === 0 ? 404 : 405
    if (allowed.length > 0) this.#headers.set('allow', allowed.join(', '))
  }

  response(): Res {
    const headers = Object.fromEntries(this.#headers)
    if (this.#cookies.size > 0) {
      headers['set-cookie'] = Array.from(this.#cookies, ([name, value]) => `${name}=${value}`).join('\n')
    }
    return { status: this.#status, headers, body: this.#body }
  }

  #write(status: number, type: string, body: string): void {
    this.#status = status
    this.#headers.set('content-type', `${type}; charset=utf-8`)
    this.#body = body
  }

  #fail(): void {
    this.#aborted = true
    this.#status = 500
    this.#headers.delete('content-type')
    this.#body = ''
  }
}

class RouteGroup implements Group {
  readonly #routes: Route[]
  readonly #prefix: readonly string[]
  readonly #middleware: Handler[]

  constructor(routes: Route[], prefix: readonly string[], middleware: readonly Handler[]) {
    this.#routes = routes
    this.#prefix = prefix
    this.#middleware = [...middleware]
  }

  use(...mw: Handler[]): this {
    this.#middleware.push(...mw)
    return this
  }

  group(prefix: string, ...mw: Handler[]): Group {
    return new RouteGroup(this.#routes, [...this.#prefix, ...partsOf(prefix)], [...this.#middleware, ...mw])
  }

  handle(method: string, path: string, ...handlers: Handler[]): this {
    if (handlers.length === 0) throw new RangeError(`${method} ${path} has no handlers`)
    const segments = [...this.#prefix, ...partsOf(path)]
    this.#routes.push({ method, segments, chain: [...this.#middleware, ...handlers] })
    return this
  }

  any(path: string, ...handlers: Handler[]): this {
    for (const method of ALL_METHODS) this.handle(method, path, ...handlers)
    return this
  }

  /** The middleware that the group has now. */
  protected middleware(): readonly Handler[] {
    return [...this.#middleware]
  }
}

export class Engine extends RouteGroup implements Group {
  readonly #routes: readonly Route[]

  constructor() {
    const routes: Route[] = []
    super(routes, [], [])
    this.#routes = routes
  }

  async serve(req: Req): Promise<Res> {
    const exchange = this.#open(req)
    await exchange.next()
    return exchange.response()
  }

  #open(req: Req): Exchange {
    const others = new Set<string>()
    for (const route of this.#routes) {
      const params = match(route.segments, req.path)
      if (params === null) continue
      if (route.method === req.method) return new Exchange(req, params, route.chain)
      others.add(route.method)
    }
    const miss: Handler = () => exchange.miss([...others].sort())
    const exchange: Exchange = new Exchange(req, {}, [...this.middleware(), miss])
    return exchange
  }
}
