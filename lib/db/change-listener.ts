import { Client } from 'pg'
import { connectionOptions, databaseUrl } from './connection'
import { BOARDS_CHANNEL, BoardsChange, CHANNEL, SubmissionChange } from './live'

export interface Subscriber {
  /** A submission has changed. */
  onChange?(change: SubmissionChange): void
  /** Leaderboards have changed. */
  onBoards?(boardIds: BoardsChange): void
  /** The connection was lost for a while and is back: any change may have been missed. */
  onReset(): void
}

const FIRST_RETRY_MS = 100
const LONGEST_RETRY_MS = 5_000
/** How often an idle connection is asked whether it is still there, milliseconds. */
const PROBE_EVERY_MS = 30_000

/**
 * Hears the changes of all submissions and leaderboards on one connection and tells every subscriber of this process. A connection
 * that breaks is opened again, for as long as somebody subscribes.
 */
export class ChangeListener {
  readonly #subscribers = new Set<Subscriber>()
  #connection: Promise<Client> | undefined
  #closed = false

  constructor(private readonly url: string) {}

  /**
   * Subscribes. When the promise resolves, no later change is missed: read the state after that.
   * @returns a function that ends the subscription
   * @throws when the database cannot be reached
   */
  async subscribe(subscriber: Subscriber): Promise<() => void> {
    this.#subscribers.add(subscriber)
    try {
      await this.#connect()
    } catch (error) {
      this.#subscribers.delete(subscriber)
      throw error
    }
    return () => void this.#subscribers.delete(subscriber)
  }

  /** Ends the connection for good. */
  async close(): Promise<void> {
    this.#closed = true
    this.#subscribers.clear()
    const client = await this.#connection?.catch(() => undefined)
    await client?.end()
  }

  #connect(): Promise<Client> {
    if (!this.#connection) {
      const connection = this.#open()
      this.#connection = connection
      connection.catch(() => {
        if (this.#connection === connection) this.#connection = undefined
      })
    }
    return this.#connection
  }

  async #open(): Promise<Client> {
    const client = new Client(connectionOptions(this.url))
    const lost = new Promise<void>((resolve) => client.once('end', resolve).on('error', () => resolve()))
    client.on('notification', ({ channel, payload }) => this.#tell(channel, payload))
    try {
      await client.connect()
      await client.query(`listen ${CHANNEL}; listen ${BOARDS_CHANNEL}`)
    } catch (error) {
      void client.end().catch(() => {})
      throw error
    }
    const probe = setInterval(() => void client.query('select 1').catch(() => client.end()), PROBE_EVERY_MS)
    probe.unref()
    void lost.then(() => {
      clearInterval(probe)
      void client.end().catch(() => {})
      this.#connection = undefined
      void this.#reconnect()
    })
    return client
  }

  async #reconnect(): Promise<void> {
    for (let wait = FIRST_RETRY_MS; !this.#closed && this.#subscribers.size > 0; wait = Math.min(2 * wait, LONGEST_RETRY_MS)) {
      await new Promise((resolve) => setTimeout(resolve, wait).unref())
      try {
        await this.#connect()
        for (const subscriber of this.#subscribers) subscriber.onReset()
        return
      } catch {
        // Still away; the next turn of the loop tries again.
      }
    }
  }

  #tell(channel: string, payload: string | undefined): void {
    if (channel === CHANNEL) {
      const change = SubmissionChange.safeParse(parseJson(payload))
      if (change.success) for (const subscriber of this.#subscribers) subscriber.onChange?.(change.data)
    } else {
      const change = BoardsChange.safeParse(parseJson(payload))
      if (change.success) for (const subscriber of this.#subscribers) subscriber.onBoards?.(change.data)
    }
  }
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}

/** Bundlers may load this module more than once in a process; the listener is shared by all of its copies. */
const KEY = Symbol.for('handroll.change-listener')
const shared = globalThis as { [KEY]?: ChangeListener }

/** The one listener of this process, on the database at DATABASE_URL. */
export function changeListener(): ChangeListener {
  shared[KEY] ??= new ChangeListener(databaseUrl())
  return shared[KEY]
}

/** Ends the listener of this process; the next `changeListener()` makes a new one. */
export async function closeChangeListener(): Promise<void> {
  const open = shared[KEY]
  delete shared[KEY]
  await open?.close()
}
