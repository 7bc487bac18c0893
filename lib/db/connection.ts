import { Client, type ClientConfig, type QueryResult } from 'pg'

/** How long a connection attempt may take, milliseconds. Past it, the database counts as not available. */
export const CONNECT_TIMEOUT_MS = 3_000

/** How long one statement may take before its connection is given up, milliseconds. */
export const QUERY_TIMEOUT_MS = 5_000

/** Options that every connection of this process uses, so that a database that is down is an error and never a hang. */
export function connectionOptions(databaseUrl: string): ClientConfig {
  return {
    connectionString: databaseUrl,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    application_name: 'handroll',
  }
}

/** The connection string of this process, from DATABASE_URL. */
export function databaseUrl(): string {
  const url = process.env.DATABASE_URL
  if (!url) throw new Error('DATABASE_URL is not set; `npm start` sets it for the processes it starts')
  return url
}

/** Runs one statement on a connection of its own. */
export async function runOnce(config: ClientConfig, sql: string, values: unknown[] = []): Promise<QueryResult> {
  return withClient(config, (client) => client.query(sql, values))
}

/** Lends a connection of its own and ends it afterwards. */
export async function withClient<T>(config: ClientConfig, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(config)
  // Without a listener, a connection that breaks while nothing is asked of it would end the process.
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
