// Finds a conflict only where the same pattern is added twice.
export class RouteConflictError extends Error {
  override name = 'RouteConflictError'
}

export type Match<H> =
  | { found: true; handler: H; pattern: string; params: Record<string, string> }
  | { found: false; allow: string[] }

/** A pattern ends here. The names belong to it and not to the nodes, which other patterns share. */
interface Leaf<H> {
  readonly handler: H
  readonly pattern: string
  readonly names: readonly string[]
}

interface Found<H> {
  readonly leaf: Leaf<H>
  readonly params: Record<string, string>
}

class Node<H> {
  readonly literals = new Map<string, Node<H>>()
  parameter: Node<H> | null = null
  leaf: Leaf<H> | null = null
  rest: Leaf<H> | null = null
}

export class Router<H> {
  readonly #roots = new Map<string, Node<H>>()
  readonly #routes: Array<{ method: string; pattern: string }> = []

  add(method: string, pattern: string, handler: H): void {
    const { segments, names, hasRest } = parse(pattern)
    const leaf: Leaf<H> = { handler, pattern, names }

    let node = child(this.#roots, method)
    for (const segment of segments) {
      node = segment === PARAMETER ? (node.parameter ??= new Node<H>()) : child(node.literals, segment)
    }
    const end = hasRest ? 'rest' : 'leaf'
    if (node[end]?.pattern === pattern) throw new RouteConflictError(`${method} ${pattern} is there`)
    node[end] = leaf
    this.#routes.push({ method, pattern })
  }

  match(method: string, path: string): Match<H> {
    const segments = split(path)
    const root = this.#roots.get(method)
    const found = segments === null || root === undefined ? null : search(root, segments)
    if (found !== null) {
      const { handler, pattern } = found.leaf
      return { found: true, handler, pattern, params: found.params }
    }
    const allow = [...this.#roots.keys()].filter((other) => {
      const tree = this.#roots.get(other)
      return other !== method && segments !== null && tree !== undefined && search(tree, segments) !== null
    })
    return { found: false, allow: allow.sort() }
  }

  routes(): Array<{ method: string; pattern: string }> {
    return this.#routes.map((route) => ({ ...route }))
  }
}

/** Stands for a parameter of any name in the list of segments; no literal segment can look like it. */
const PARAMETER = ':'

function parse(pattern: string): { segments: string[]; names: string[]; hasRest: boolean } {
  const segments = split(pattern)
  if (segments === null) throw new RangeError('a pattern begins with a slash')
  const named = segments.filter((segment) => segment.startsWith(':') || segment.startsWith('*'))
  const names = named.map((segment) => segment.slice(1))
  if (names.includes('') || new Set(names).size < names.length) throw new RangeError('names are given, each once')
  const rest = segments.findIndex((segment) => segment.startsWith('*'))
  if (rest !== -1 && rest !== segments.length - 1) throw new RangeError('the rest comes last')
  const walked = rest === -1 ? segments : segments.slice(0, -1)
  return {
    segments: walked.map((segment) => (segment.startsWith(':') ? PARAMETER : segment)),
    names,
    hasRest: rest !== -1,
  }
}

function split(path: string): string[] | null {
  return path.startsWith('/') ? path.slice(1).split('/') : null
}

function child<H>(children: Map<string, Node<H>>, key: string): Node<H> {
  const known = children.get(key)
  if (known !== undefined) return known
  const made = new Node<H>()
  children.set(key, made)
  return made
}

/** The best leaf for the segments. What a branch collected is dropped with it when it leads nowhere. */
function search<H>(root: Node<H>, segments: readonly string[]): Found<H> | null {
  const values: string[] = []

  function visit(node: Node<H>, at: number): Leaf<H> | null {
    const segment = segments[at]
    if (segment === undefined) return node.leaf

    const literal = node.literals.get(segment)
    const byLiteral = literal === undefined ? null : visit(literal, at + 1)
    if (byLiteral !== null) return byLiteral

    if (segment !== '' && node.parameter !== null) {
      values.push(segment)
      const byParameter = visit(node.parameter, at + 1)
      if (byParameter !== null) return byParameter
      values.pop()
    }

    if (node.rest === null) return null
    const rest = segments.slice(at).join('/')
    if (rest === '') return null
    values.push(rest)
    return node.rest
  }

  const leaf = visit(root, 0)
  if (leaf === null) return null
  const params = leaf.names.map((name, i): [string, string] => [name, decode(values[i] ?? '')])
  return { leaf, params: Object.fromEntries(params) }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
