import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils'
import { DatabaseError, Pool, type ClientConfig, type QueryArrayResult } from 'pg'
import { parseIntoClientConfig } from 'pg-connection-string'
import { connectionOptions, runOnce } from '../connection'

/*
 * The way from the schema engine to Postgres. Prisma's own adapter serves queries of applications; for the engine it
 * lacks three things, which are added here: it knows no values of the internal type "char", of which the system
 * catalogue is full; it cuts scripts at every semicolon, also inside a function's body or a comment; and its scratch
 * databases cannot be dropped while its own pool is connected to them.
 */

export interface EngineAdapterFactory extends SqlMigrationAwareDriverAdapterFactory {
  /** Ends every connection that is still open and drops the scratch databases. */
  close(): Promise<void>
}

/** Makes adapters for the database at `databaseUrl`, and for scratch databases beside it that vanish after use. */
export function engineAdapterFactory(databaseUrl: string): EngineAdapterFactory {
  const { connectionString, ...options } = connectionOptions(databaseUrl)
  const config: ClientConfig = { ...options, ...parseIntoClientConfig(databaseUrl), query_timeout: 0 }
  const open = new Set<SqlDriverAdapter>()
  const openAdapter = async (config: ClientConfig, afterwards?: () => Promise<unknown>): Promise<SqlDriverAdapter> => {
    const adapter = await createAdapter(config, async () => {
      if (open.delete(adapter)) await afterwards?.()
    })
    open.add(adapter)
    return adapter
  }
  return {
    provider: 'postgres',
    adapterName: 'handroll-schema-engine',
    connect: () => openAdapter(config),
    connectToShadowDb: async () => {
      const database = `handroll_scratch_${randomUUID().replaceAll('-', '')}`
      await runOnce(config, `create database "${database}"`)
      return openAdapter({ ...config, database }, () => runOnce(config, `drop database "${database}" with (force)`))
    },
    close: async () => {
      await Promise.all([...open].map((adapter) => adapter.dispose()))
    },
  }
}

async function createAdapter(config: ClientConfig, afterwards: () => Promise<void>): Promise<SqlDriverAdapter> {
  const pool = new Pool({ ...config, max: 2 })
  const charColumns = relabelChar(pool)
  const adapter = await new PrismaPg(pool).connect()
  const queryRaw = adapter.queryRaw.bind(adapter)
  return Object.assign(adapter, {
    queryRaw: async (query: SqlQuery): Promise<SqlResultSet> => {
      const result = await queryRaw(query)
      for (const column of charColumns.get(result.rows) ?? []) result.columnTypes[column] = ColumnTypeEnum.Character
      return result
    },
    executeScript: (script: string) => pool.query(script).then(() => {}, (error) => Promise.reject(toEngineError(error))),
    dispose: async () => {
      if (!pool.ended) await pool.end()
      await afterwards()
    },
  })
}

const CHAR_OID = 18
const BPCHAR_OID = 1042

/**
 * Lets results give the internal type "char" as `character`, which Prisma's adapter can read, and notes which columns
 * these were, by the result's rows.
 */
function relabelChar(pool: Pool): WeakMap<object, number[]> {
  const charColumns = new WeakMap<object, number[]>()
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<QueryArrayResult>
  const relabelled = async (...args: unknown[]): Promise<QueryArrayResult> => {
    const result = await query(...args)
    const fields = result.fields ?? []
    charColumns.set(result.rows ?? result, fields.flatMap(({ dataTypeID }, at) => (dataTypeID === CHAR_OID ? [at] : [])))
    for (const field of fields) if (field.dataTypeID === CHAR_OID) field.dataTypeID = BPCHAR_OID
    return result
  }
  Object.assign(pool, { query: relabelled })
  return charColumns
}

/** Keeps what Postgres said of a failed script; other errors would reach the engine without their text. */
function toEngineError(error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error
  const { code = '', severity = 'ERROR', message, detail, column, hint } = error
  return new DriverAdapterError({ kind: 'postgres', code, severity, message, detail, column, hint })
}
