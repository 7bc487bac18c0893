import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Health } from '@/lib/contract/health'
import { ProblemError } from '@/lib/contract/problem'
import { closeChangeListener } from '@/lib/db/change-listener'
import { closeDatabase } from '@/lib/db/client'
import { findAccount } from '@/lib/learn/accounts'
import { health } from '@/lib/learn/health'
import { countEvent } from '@/lib/learn/rate-limit'
import { submissionEvents } from '@/lib/learn/submission-events'
import { submit } from '@/lib/learn/submit'
import { EXERCISE, useContent } from './support/content'

useContent()

const ID = '00000000-0000-7000-8000-000000000000'
const UNAVAILABLE = { code: 'service-unavailable', details: { retryAfterSeconds: 5 } }

/** A server that takes connections and never says a word, as a frozen database does. */
const sockets = new Set<Socket>()
const silent: Server = createServer((socket) => sockets.add(socket))
const address = (server: Server) => `postgres://ada:secret@127.0.0.1:${(server.address() as AddressInfo).port}/handroll`

let closedPort: string
let silentPort: string
beforeAll(async () => {
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  silentPort = address(silent)
  const gone = createServer()
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve))
  closedPort = address(gone)
  await new Promise((resolve) => gone.close(resolve))
})
afterAll(() => {
  for (const socket of sockets) socket.destroy()
  silent.close()
})

const CALLS: Record<string, () => Promise<unknown>> = {
  'a query': () => findAccount(ID),
  'a transaction': () => submit(ID, { exercise: EXERCISE, source: 'x' }),
  'a raw statement': () => countEvent('key', 1, 60),
  'a subscription': () => submissionEvents(ID, ID, 'en', new AbortController().signal).next(),
}

describe.each([
  ['is not there', () => closedPort],
  ['does not answer', () => silentPort],
])('a database that %s', (_, url) => {
  /** All at the same time, since each waits for as long as a connection may take. */
  let failures: Record<string, unknown>
  let report: Health
  beforeAll(async () => {
    process.env.DATABASE_URL = url()
    const failing = Object.entries(CALLS).map(async ([name, call]) => [name, await call().catch((error) => error)])
    const [entries, answer] = await Promise.all([Promise.all(failing), health()])
    failures = Object.fromEntries(entries)
    report = answer
  })
  afterAll(async () => {
    await closeChangeListener()
    await closeDatabase()
    delete process.env.DATABASE_URL
  })

  it.each(Object.keys(CALLS))('fails %s as a service that is unavailable', (name) => {
    expect(failures[name]).toBeInstanceOf(ProblemError)
    expect(failures[name]).toMatchObject(UNAVAILABLE)
  })

  it('is reported by the health check, which still tells of the content', () => {
    expect(report).toMatchObject({
      status: 'down', database: { reachable: false }, graders: null, content: { exercises: 1, problems: 0 },
    })
  })
})
