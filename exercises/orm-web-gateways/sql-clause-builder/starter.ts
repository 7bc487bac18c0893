export interface Built {
  sql: string
  args: unknown[]
}

/** An update or a deletion that would change every row. */
export class MissingWhereError extends Error {
  override name = 'MissingWhereError'
}

export class Query {
  static from(table: string): Query {
    throw new Error('not implemented')
  }

  select(...cols: string[]): Query {
    throw new Error('not implemented')
  }

  where(expr: string, ...args: unknown[]): Query {
    throw new Error('not implemented')
  }

  whereEq(cond: Readonly<Record<string, unknown>>): Query {
    throw new Error('not implemented')
  }

  whereIn(col: string, values: readonly unknown[]): Query {
    throw new Error('not implemented')
  }

  or(fn: (q: Query) => Query): Query {
    throw new Error('not implemented')
  }

  orderBy(...cols: string[]): Query {
    throw new Error('not implemented')
  }

  limit(n: number, offset?: number): Query {
    throw new Error('not implemented')
  }

  build(style: '?' | '$n' = '?'): Built {
    throw new Error('not implemented')
  }

  buildUpdate(set: Readonly<Record<string, unknown>>, style: '?' | '$n' = '?'): Built {
    throw new Error('not implemented')
  }

  buildDelete(style: '?' | '$n' = '?'): Built {
    throw new Error('not implemented')
  }

  static insert(
    table: string,
    rows: ReadonlyArray<Readonly<Record<string, unknown>>>,
    style: '?' | '$n' = '?',
  ): Built {
    throw new Error('not implemented')
  }
}
