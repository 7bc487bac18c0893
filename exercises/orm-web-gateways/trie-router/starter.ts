/** A pattern of the same shape is there for this method. */
export class RouteConflictError extends Error {
  override name = 'RouteConflictError'
}

export type Match<H> =
  | { found: true; handler: H; pattern: string; params: Record<string, string> }
  | { found: false; allow: string[] }

export class Router<H> {
  add(method: string, pattern: string, handler: H): void {
    throw new Error('not implemented')
  }

  match(method: string, path: string): Match<H> {
    throw new Error('not implemented')
  }

  /** All routes in the order in which they were added. */
  routes(): Array<{ method: string; pattern: string }> {
    throw new Error('not implemented')
  }
}
