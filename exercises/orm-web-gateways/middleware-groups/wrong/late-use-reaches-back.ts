// Looks up the middleware of the group when a request comes, so later additions reach earlier routes.
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

const ANY = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']

interface Route {
  readonly method: string
  readonly segments: readonly string[]
  readonly handlers: () => readonly Handler[]
}

/** A prefix and the middleware collected so far. What it registers is final: later changes reach no route. */
class RouteGroup implements Group {
  protected readonly middleware: Handler[]
  protected readonly routes: Route[]
  readonly #prefix: string

  constructor(prefix: string, middleware: readonly Handler[], routes: Route[]) {
    this.#prefix = prefix
    this.middleware = [...middleware]
    this.routes = routes
  }

  use(...mw: Handler[]): this {
    this.middleware.push(...mw)
    return this
  }

  group(prefix: string, ...mw: Handler[]): Group {
    return new RouteGroup(`${this.#prefix}/${prefix}`, [...this.middleware, ...mw], this.routes)
  }

  handle(method: string, path: string, ...handlers: Handler[]): this {
    if (handlers.length === 0) throw new RangeError('a route needs a handler')
    const parts = `${this.#prefix}/${path}`.split('/').filter((part) => part !== '')
    this.routes.push({
      method,
      segments: segmentsOf(`/${parts.join('/')}`),
      handlers: () => [...this.middleware, ...handlers],
    })
    return this
  }

  any(path: string, ...handlers: Handler[]): this {
    for (const method of ANY) this.handle(method, path, ...handlers)
    return this
  }
}

export class Engine extends RouteGroup {
  constructor() {
    super('', [], [])
  }

  async serve(req: Req): Promise<Res> {
    const fitting = this.routes.filter(({ segments }) => capture(segments, req.path) !== null)
    const route = fitting.find(({ method }) => method === req.method)
    const context =
      route === undefined
        ? new Context(req, {}, [...this.middleware, miss(fitting.map(({ method }) => method))])
        : new Context(req, capture(route.segments, req.path) ?? {}, route.handlers())
    await context.next()
    return context.response()
  }
}

/** The last handler where there is no route: it runs only if no middleware has stopped the request before. */
function miss(allowed: readonly string[]): (c: Context) => void {
  return (c) => {
    if (allowed.length > 0) c.header('allow', [...new Set(allowed)].sort().join(', '))
    c.status(allowed.length > 0 ? 405 : 404)
  }
}

function segmentsOf(path: string): string[] {
  return path.split('/').slice(1)
}

/** The parameters if the path matches, else null. */
function capture(pattern: readonly string[], path: string): Record<string, string> | null {
  const segments = segmentsOf(path)
  if (!path.startsWith('/') || segments.length !== pattern.length) return null
  const params: Record<string, string> = {}
  for (const [i, wanted] of pattern.entries()) {
    const segment = segments[i] ?? ''
    if (wanted.startsWith(':') && segment !== '') params[wanted.slice(1)] = segment
    else if (wanted !== segment) return null
  }
  return params
}

class Context implements Ctx {
  readonly #handlers: ReadonlyArray<(c: Context) => void | Promise<void>>
  /** The next handler to be started. It only grows, so nothing is started twice; past the end, nothing is. */
  #at = 0
  #aborted = false
  #status = 200
  #body = ''
  readonly #headers = new Map<string, string>()
  readonly #cookies = new Map<string, string>()
  readonly #values = new Map<string, unknown>()

  constructor(
    readonly req: Req,
    readonly params: Readonly<Record<string, string>>,
    handlers: ReadonlyArray<(c: Context) => void | Promise<void>>,
  ) {
    this.#handlers = handlers
  }

  async next(): Promise<void> {
    while (this.#at < this.#handlers.length) {
      const handler = this.#handlers[this.#at++]
      try {
        await handler?.(this)
      } catch {
        this.#fail()
      }
    }
  }

  abort(): void {
    this.#aborted = true
    this.#at = this.#handlers.length
  }

  abortWithStatus(code: number): void {
    this.#status = code
    this.abort()
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
    const pairs = (this.req.headers?.['cookie'] ?? '').split(';').map((pair) => pair.trim())
    const found = pairs.find((pair) => pair.startsWith(`${name}=`))
    return found === undefined ? undefined : decode(found.slice(name.length + 1))
  }

  setCookie(name: string, value: string): void {
    this.#cookies.set(name, encodeURIComponent(value))
  }

  text(status: number, s: string): void {
    this.#write(status, 'text/plain', s)
  }

  json(status: number, v: unknown): void {
    this.#write(status, 'application/json', JSON.stringify(v))
  }

  jsonp(status: number, v: unknown): void {
    const callback = this.req.query?.['callback'] ?? ''
    // Anything else would let whoever made the link write the script.
    if (!/^[A-Za-z_$][\w$]*$/.test(callback)) return this.json(status, v)
    this.#write(status, 'application/javascript', `${callback}(${JSON.stringify(v)});`)
  }

  status(code: number): void {
    this.#status = code
  }

  header(name: string, value: string): void {
    this.#headers.set(name, value)
  }

  response(): Res {
    const cookies = [...this.#cookies].map(([name, value]) => `${name}=${value}`)
    const headers = Object.fromEntries(this.#headers)
    if (cookies.length > 0) headers['set-cookie'] = cookies.join('\n')
    return { status: this.#status, headers, body: this.#body }
  }

  #write(status: number, type: string, body: string): void {
    this.#status = status
    this.#headers.set('content-type', `${type}; charset=utf-8`)
    this.#body = body
  }

  /** A handler threw: whoever is outside of it goes on, nobody inside begins. */
  #fail(): void {
    this.abortWithStatus(500)
    this.#headers.delete('content-type')
    this.#body = ''
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
