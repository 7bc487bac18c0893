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

export class Engine implements Group {
  use(...mw: Handler[]): this {
    throw new Error('not implemented')
  }

  group(prefix: string, ...mw: Handler[]): Group {
    throw new Error('not implemented')
  }

  handle(method: string, path: string, ...handlers: Handler[]): this {
    throw new Error('not implemented')
  }

  /** For GET, POST, PUT, PATCH, DELETE, HEAD and OPTIONS. */
  any(path: string, ...handlers: Handler[]): this {
    throw new Error('not implemented')
  }

  /** Never rejects. */
  async serve(req: Req): Promise<Res> {
    throw new Error('not implemented')
  }
}
