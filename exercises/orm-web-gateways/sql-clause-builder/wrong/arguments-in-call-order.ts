// Collects arguments in the order of the calls instead of the order of the clauses.
export interface Built {
  sql: string
  args: unknown[]
}

export class MissingWhereError extends Error {
  override name = 'MissingWhereError'
}

/** A piece of SQL with the arguments of its placeholders, in their order. They are never kept apart. */
interface Piece {
  readonly text: string
  readonly args: readonly unknown[]
}

interface State {
  readonly table: string
  readonly columns: readonly string[]
  readonly conditions: readonly Piece[]
  readonly order: readonly string[]
  readonly limit: Piece | null
  readonly given: readonly unknown[]
}

export class Query {
  readonly #state: State

  private constructor(state: State) {
    this.#state = state
  }

  static from(table: string): Query {
    return new Query({ table, columns: [], conditions: [], order: [], limit: null, given: [] })
  }

  select(...cols: string[]): Query {
    return this.#with({ columns: [...this.#state.columns, ...cols] })
  }

  where(expr: string, ...args: unknown[]): Query {
    if (placeholders(expr) !== args.length) throw new RangeError('as many arguments as placeholders, please')
    return this.#and({ text: `(${expr})`, args })
  }

  whereEq(cond: Readonly<Record<string, unknown>>): Query {
    return this.#and(...Object.entries(cond).map(([col, value]) => equals(col, value)))
  }

  whereIn(col: string, values: readonly unknown[]): Query {
    const known = values.filter((value) => !isNull(value))
    const among: Piece = { text: `${col} IN (${marks(known.length)})`, args: known }
    // Without a comparison to NULL the text is right for all values but none at all, which no SQL has a list for.
    if (known.length === values.length) return this.#and(known.length > 0 ? among : { text: '1 = 0', args: [] })
    const missing = equals(col, null)
    return this.#and(known.length === 0 ? missing : { text: `(${among.text} OR ${missing.text})`, args: known })
  }

  or(fn: (q: Query) => Query): Query {
    const left = this.#state.conditions
    const other = fn(Query.from(this.#state.table))
    const right = other.#state.conditions
    const given = [...this.#state.given, ...other.#state.given]
    if (left.length === 0 || right.length === 0) return this.#with({ given, conditions: [...left, ...right] })
    // AND binds tighter than OR, so only the whole needs parentheses.
    const either = join([join(left, ' AND '), join(right, ' AND ')], ' OR ')
    return this.#with({ given, conditions: [{ text: `(${either.text})`, args: either.args }] })
  }

  orderBy(...cols: string[]): Query {
    return this.#with({ order: [...this.#state.order, ...cols] })
  }

  limit(n: number, offset?: number): Query {
    for (const count of [n, offset ?? 0]) {
      if (!Number.isInteger(count) || count < 0) throw new RangeError('a limit is a whole number of at least 0')
    }
    const limit: Piece =
      offset === undefined ? { text: 'LIMIT ?', args: [n] } : { text: 'LIMIT ? OFFSET ?', args: [n, offset] }
    return this.#with({ limit, given: [...this.#state.given, ...limit.args] })
  }

  build(style: '?' | '$n' = '?'): Built {
    const { table, columns, order, limit } = this.#state
    const clauses: Piece[] = [
      plain(`SELECT ${columns.length === 0 ? '*' : columns.join(', ')}`),
      plain(`FROM ${table}`),
      ...this.#whereClause(),
    ]
    if (order.length > 0) clauses.push(plain(`ORDER BY ${order.join(', ')}`))
    if (limit !== null) clauses.push(limit)
    return { ...finish(join(clauses, ' '), style), args: [...this.#state.given] }
  }

  buildUpdate(set: Readonly<Record<string, unknown>>, style: '?' | '$n' = '?'): Built {
    const assignments = Object.entries(set).map(([col, value]) => ({ text: `${col} = ?`, args: [value ?? null] }))
    if (assignments.length === 0) throw new RangeError('nothing to set')
    const where = this.#requiredWhere()
    return finish(join([plain(`UPDATE ${this.#state.table} SET`), join(assignments, ', '), ...where], ' '), style)
  }

  buildDelete(style: '?' | '$n' = '?'): Built {
    return finish(join([plain(`DELETE FROM ${this.#state.table}`), ...this.#requiredWhere()], ' '), style)
  }

  static insert(
    table: string,
    rows: ReadonlyArray<Readonly<Record<string, unknown>>>,
    style: '?' | '$n' = '?',
  ): Built {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    if (columns.length === 0) throw new RangeError('nothing to insert')
    const tuples = rows.map((row) => ({
      text: `(${marks(columns.length)})`,
      args: columns.map((column) => (Object.hasOwn(row, column) ? (row[column] ?? null) : null)),
    }))
    return finish(join([plain(`INSERT INTO ${table} (${columns.join(', ')}) VALUES`), join(tuples, ', ')], ' '), style)
  }

  #with(change: Partial<State>): Query {
    return new Query({ ...this.#state, ...change })
  }

  #and(...conditions: readonly Piece[]): Query {
    const { conditions: before, given } = this.#state
    return this.#with({
      conditions: [...before, ...conditions],
      given: [...given, ...conditions.flatMap(({ args }) => args)],
    })
  }

  #whereClause(): Piece[] {
    const { conditions } = this.#state
    return conditions.length === 0 ? [] : [plain('WHERE'), join(conditions, ' AND ')]
  }

  /** The WHERE of a statement that changes rows: it must be there, and nothing may narrow it that cannot be kept. */
  #requiredWhere(): Piece[] {
    const { conditions, order, limit } = this.#state
    if (conditions.length === 0) throw new MissingWhereError('this would change every row')
    if (order.length > 0 || limit !== null) throw new RangeError('an order or a limit cannot be kept here')
    return this.#whereClause()
  }
}

const isNull = (value: unknown): boolean => value === null || value === undefined

const plain = (text: string): Piece => ({ text, args: [] })

const marks = (count: number): string => Array(count).fill('?').join(', ')

function equals(col: string, value: unknown): Piece {
  return isNull(value) ? plain(`${col} IS NULL`) : { text: `${col} = ?`, args: [value] }
}

function join(pieces: readonly Piece[], separator: string): Piece {
  return { text: pieces.map(({ text }) => text).join(separator), args: pieces.flatMap(({ args }) => args) }
}

/** Quoted text, which is skipped as a whole, or a placeholder. A doubled quote ends one text and begins the next. */
const QUOTED_OR_MARK = /'[^']*'|"[^"]*"|`[^`]*`|\?/g

function placeholders(text: string): number {
  return [...text.matchAll(QUOTED_OR_MARK)].filter(([found]) => found === '?').length
}

function finish({ text, args }: Piece, style: '?' | '$n'): Built {
  let count = 0
  const numbered = (found: string) => (found === '?' ? `$${++count}` : found)
  return { sql: style === '$n' ? text.replace(QUOTED_OR_MARK, numbered) : text, args: [...args] }
}
