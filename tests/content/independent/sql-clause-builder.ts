/** Text is kept as the pieces between its placeholders, beside the arguments; a placeholder gets its shape only at the end. */
export interface Built {
  sql: string
  args: unknown[]
}

/** An update or a deletion that would change every row. */
export class MissingWhereError extends Error {
  override name = 'MissingWhereError'
}

type Style = '?' | '$n'
type Values = Readonly<Record<string, unknown>>

/** A part of a statement: n arguments stand in the n gaps between n + 1 pieces of text. */
interface Fragment {
  readonly pieces: readonly string[]
  readonly args: readonly unknown[]
}

const text = (piece: string): Fragment => ({ pieces: [piece], args: [] })
const placeholder = (arg: unknown): Fragment => ({ pieces: ['', ''], args: [arg] })

function concat(...fragments: ReadonlyArray<Fragment | string>): Fragment {
  const pieces = ['']
  const args: unknown[] = []
  for (const part of fragments) {
    const fragment = typeof part === 'string' ? text(part) : part
    const [first = '', ...rest] = fragment.pieces
    pieces.push((pieces.pop() ?? '') + first)
    for (const piece of rest) pieces.push(piece)
    for (const arg of fragment.args) args.push(arg)
  }
  return { pieces, args }
}

function join(fragments: readonly Fragment[], separator: string): Fragment {
  return concat(...fragments.flatMap((fragment, i) => (i === 0 ? [fragment] : [separator, fragment])))
}

function list(values: readonly unknown[]): Fragment {
  return concat('(', join(values.map(placeholder), ', '), ')')
}

function finish(fragment: Fragment, style: Style): Built {
  const sql = fragment.pieces.reduce((before, piece, i) => `${before}${style === '?' ? '?' : `$${i}`}${piece}`)
  return { sql, args: [...fragment.args] }
}

/** Cuts an expression at the question marks outside of its quotes. */
function cutAtPlaceholders(expr: string): string[] {
  const pieces: string[] = []
  let start = 0
  let quote = ''
  for (let i = 0; i < expr.length; i++) {
    const char = expr.charAt(i)
    if (quote !== '') {
      // A doubled quote closes and opens again.
      if (char === quote) quote = ''
    } else if (char === "'" || char === '"' || char === '`') {
      quote = char
    } else if (char === '?') {
      pieces.push(expr.slice(start, i))
      start = i + 1
    }
  }
  pieces.push(expr.slice(start))
  return pieces
}

const isNull = (value: unknown) => value === null || value === undefined

interface State {
  readonly table: string
  readonly columns: readonly string[]
  readonly conditions: readonly Fragment[]
  readonly order: readonly string[]
  readonly limit?: { readonly n: number; readonly offset?: number }
}

export class Query {
  readonly #state: State

  private constructor(state: State) {
    this.#state = state
  }

  static from(table: string): Query {
    return new Query({ table, columns: [], conditions: [], order: [] })
  }

  select(...cols: string[]): Query {
    return this.#with({ columns: [...this.#state.columns, ...cols] })
  }

  where(expr: string, ...args: unknown[]): Query {
    const pieces = cutAtPlaceholders(expr)
    const wanted = pieces.length - 1
    if (wanted !== args.length) throw new RangeError(`${wanted} placeholders, but ${args.length} arguments: ${expr}`)
    return this.#and(concat('(', { pieces, args }, ')'))
  }

  whereEq(cond: Values): Query {
    const conditions = Object.entries(cond).map(([col, value]) =>
      isNull(value) ? text(`${col} IS NULL`) : concat(`${col} = `, placeholder(value)),
    )
    return this.#and(...conditions)
  }

  whereIn(col: string, values: readonly unknown[]): Query {
    if (values.length === 0) return this.#and(text('1 = 0'))
    const present = values.filter((value) => !isNull(value))
    const isOneOf = concat(`${col} IN `, list(present))
    if (present.length === values.length) return this.#and(isOneOf)
    if (present.length === 0) return this.#and(text(`${col} IS NULL`))
    return this.#and(concat('(', isOneOf, ` OR ${col} IS NULL)`))
  }

  or(fn: (q: Query) => Query): Query {
    const { table, conditions } = this.#state
    const others = fn(Query.from(table)).#state.conditions
    if (conditions.length === 0 || others.length === 0) return this.#and(...others)
    const either = concat('(', join(conditions, ' AND '), ' OR ', join(others, ' AND '), ')')
    return this.#with({ conditions: [either] })
  }

  orderBy(...cols: string[]): Query {
    return this.#with({ order: [...this.#state.order, ...cols] })
  }

  limit(n: number, offset?: number): Query {
    for (const number of [n, offset ?? 0]) {
      if (!Number.isInteger(number) || number < 0) throw new RangeError(`${number} is not a whole number of at least 0`)
    }
    return this.#with({ limit: { n, offset } })
  }

  build(style: Style = '?'): Built {
    const { table, columns, conditions, order, limit } = this.#state
    const clauses: Array<Fragment | string> = [`SELECT ${columns.join(', ') || '*'} FROM ${table}`]
    if (conditions.length > 0) clauses.push(' WHERE ', join(conditions, ' AND '))
    if (order.length > 0) clauses.push(` ORDER BY ${order.join(', ')}`)
    if (limit) clauses.push(' LIMIT ', placeholder(limit.n))
    if (limit?.offset !== undefined) clauses.push(' OFFSET ', placeholder(limit.offset))
    return finish(concat(...clauses), style)
  }

  buildUpdate(set: Values, style: Style = '?'): Built {
    const settings = Object.entries(set).map(([col, value]) => concat(`${col} = `, placeholder(value ?? null)))
    if (settings.length === 0) throw new RangeError('nothing to set')
    return finish(concat(`UPDATE ${this.#state.table} SET `, join(settings, ', '), ' WHERE ', this.#target()), style)
  }

  buildDelete(style: Style = '?'): Built {
    return finish(concat(`DELETE FROM ${this.#state.table} WHERE `, this.#target()), style)
  }

  static insert(table: string, rows: readonly Values[], style: Style = '?'): Built {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    if (columns.length === 0) throw new RangeError('nothing to insert')
    const tuples = rows.map((row) => list(columns.map((col) => (Object.hasOwn(row, col) ? (row[col] ?? null) : null))))
    return finish(concat(`INSERT INTO ${table} (${columns.join(', ')}) VALUES `, join(tuples, ', ')), style)
  }

  #with(changes: Partial<State>): Query {
    return new Query({ ...this.#state, ...changes })
  }

  #and(...conditions: Fragment[]): Query {
    return this.#with({ conditions: [...this.#state.conditions, ...conditions] })
  }

  /** The conditions of a statement that writes. */
  #target(): Fragment {
    const { conditions, order, limit } = this.#state
    if (order.length > 0 || limit) throw new RangeError('a query with an order or a limit cannot write')
    if (conditions.length === 0) throw new MissingWhereError('this would change every row')
    return join(conditions, ' AND ')
  }
}
