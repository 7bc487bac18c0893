/** One trie of segments for each method; a search visits literal, parameter, rest in that order and comes back from dead ends. */

/** A pattern of the same shape is there for this method. */
export class RouteConflictError extends Error {
  override name = 'RouteConflictError'
}

export type Match<H> =
  | { found: true; handler: H; pattern: string; params: Record<string, string> }
  | { found: false; allow: string[] }

type Part =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'param' | 'rest'; readonly name: string }

interface Route<H> {
  readonly method: string
  readonly pattern: string
  readonly parts: readonly Part[]
  readonly handler: H
}

interface Node<H> {
  readonly literals: Map<string, Node<H>>
  param: Node<H> | undefined
  /** The route that ends here. */
  route: Route<H> | undefined
  /** The route that takes all that remains from here on. */
  rest: Route<H> | undefined
}

function newNode<H>(): Node<H> {
  return { literals: new Map(), param: undefined, route: undefined, rest: undefined }
}

function parse(pattern: string): Part[] {
  if (!pattern.startsWith('/')) throw new RangeError('a pattern begins with /')
  const parts = pattern
    .slice(1)
    .split('/')
    .map((text): Part => {
      if (text.startsWith(':')) return { kind: 'param', name: text.slice(1) }
      if (text.startsWith('*')) return { kind: 'rest', name: text.slice(1) }
      return { kind: 'literal', text }
    })
  const names = parts.flatMap((part) => (part.kind === 'literal' ? [] : [part.name]))
  if (names.includes('')) throw new RangeError('a name is empty')
  if (new Set(names).size < names.length) throw new RangeError('a name occurs twice')
  if (parts.slice(0, -1).some(({ kind }) => kind === 'rest')) throw new RangeError('a rest is not the last segment')
  return parts
}

/** The best route for the segments from `depth` on. */
function search<H>(node: Node<H>, segments: readonly string[], depth: number): Route<H> | undefined {
  const segment = segments[depth]
  if (segment === undefined) return node.route
  const literal = node.literals.get(segment)
  const found = literal && search(literal, segments, depth + 1)
  if (found) return found
  const other = node.param && segment !== '' ? search(node.param, segments, depth + 1) : undefined
  if (other) return other
  // What remains is an empty text only if this is the last segment and empty.
  return segment !== '' || depth < segments.length - 1 ? node.rest : undefined
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function paramsOf(parts: readonly Part[], segments: readonly string[]): Record<string, string> {
  const entries: Array<[string, string]> = []
  parts.forEach((part, i) => {
    if (part.kind === 'param') entries.push([part.name, decode(segments[i] ?? '')])
    else if (part.kind === 'rest') entries.push([part.name, decode(segments.slice(i).join('/'))])
  })
  return Object.fromEntries(entries)
}

export class Router<H> {
  readonly #roots = new Map<string, Node<H>>()
  readonly #routes: Array<Route<H>> = []

  add(method: string, pattern: string, handler: H): void {
    const parts = parse(pattern)
    const root = this.#roots.get(method) ?? newNode<H>()
    // A conflict is only possible where every node was there before, so nothing has to be undone.
    let node = root
    for (const part of parts) {
      if (part.kind === 'literal') {
        let next = node.literals.get(part.text)
        if (!next) {
          next = newNode()
          node.literals.set(part.text, next)
        }
        node = next
      } else if (part.kind === 'param') {
        node.param ??= newNode()
        node = node.param
      }
    }
    const end = parts.at(-1)?.kind === 'rest' ? 'rest' : 'route'
    const taken = node[end]
    if (taken) throw new RouteConflictError(`${method} ${pattern} has the shape of ${taken.pattern}`)
    const route = { method, pattern, parts, handler }
    node[end] = route
    this.#roots.set(method, root)
    this.#routes.push(route)
  }

  match(method: string, path: string): Match<H> {
    if (!path.startsWith('/')) return { found: false, allow: [] }
    const segments = path.slice(1).split('/')
    const root = this.#roots.get(method)
    const route = root && search(root, segments, 0)
    if (route) {
      const { handler, pattern, parts } = route
      return { found: true, handler, pattern, params: paramsOf(parts, segments) }
    }
    const allow: string[] = []
    for (const [other, otherRoot] of this.#roots) if (search(otherRoot, segments, 0)) allow.push(other)
    return { found: false, allow: allow.sort() }
  }

  /** All routes in the order in which they were added. */
  routes(): Array<{ method: string; pattern: string }> {
    return this.#routes.map(({ method, pattern }) => ({ method, pattern }))
  }
}
