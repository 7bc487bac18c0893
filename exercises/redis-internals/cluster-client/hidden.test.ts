import { describe, expect, it } from 'vitest'
import { random } from 'handroll'
import { ClusterClient, CrossSlotError, crc16, keySlot, type Reply, TooManyRedirectsError } from './solution'

const bytes = (text: string) => new TextEncoder().encode(text)

/** The checksum by division of polynomials, bit by bit over one long number. */
function remainder(data: Uint8Array): number {
  let rest = 0n
  for (const byte of data) rest = (rest << 8n) | BigInt(byte)
  rest <<= 16n
  for (let bit = BigInt(data.length * 8 + 15); bit >= 16n; bit--) {
    if ((rest >> bit) & 1n) rest ^= 0x11021n << (bit - 16n)
  }
  return Number(rest)
}

type Answer = (cmd: readonly string[], asking: boolean) => Reply | Error

/** A cluster whose nodes answer as told, with a list of the calls: node, command, and ! for asking. */
function cluster(nodes: Record<string, Answer>, opts: { seeds?: string[]; maxRedirects?: number } = {}) {
  const calls: string[] = []
  const client = new ClusterClient({
    seeds: opts.seeds ?? [Object.keys(nodes)[0] ?? ''],
    maxRedirects: opts.maxRedirects,
    call: async (node, cmd, asking) => {
      calls.push(`${node}${asking ? '!' : ''}`)
      const answer = nodes[node]?.(cmd, asking) ?? new Error('no such node')
      if (answer instanceof Error) throw answer
      return answer
    },
  })
  return { client, calls }
}

const ok = (value: unknown): Answer => () => ({ ok: value })
const down: Answer = () => new Error('connection refused')
const moved = (key: string, node: string): Answer => () => ({ moved: { slot: keySlot(key), node } })

describe('Slots', () => {
  it('computes the CRC-16 that clusters use', () => {
    expect([crc16(bytes('123456789')), crc16(bytes('')), crc16(bytes('a'))]).toEqual([0x31c3, 0, 0x7c87])
    for (let i = 0; i < 20; i++) {
      const data = Uint8Array.from({ length: random.int(1, 40) }, () => random.int(0, 255))
      expect(crc16(data)).toBe(remainder(data))
    }
  })

  it('takes the checksum of the bytes of UTF-8, modulo 16384', () => {
    expect(['foo', 'bar', 'hello', 'user1000'].map(keySlot)).toEqual([12182, 5061, 866, 3443])
    for (const key of ['', 'ключ', '键', `k${random.int(0, 1e9)}`]) {
      expect(keySlot(key)).toBe(remainder(bytes(key)) % 16384)
    }
  })

  it('hashes only what stands between the first brace and the next closing one', () => {
    const tag = `t${random.int(0, 1e6)}`
    for (const key of [`{${tag}}`, `a{${tag}}b`, `{${tag}}{other}`, `{${tag}}}`]) {
      expect(keySlot(key)).toBe(keySlot(tag))
    }
    expect(keySlot('{{bar}}')).toBe(keySlot('{bar'))
    expect(keySlot('foo{bar}{zap}')).toBe(keySlot('bar'))
    expect(keySlot('}a{bar}')).toBe(keySlot('bar'))
  })

  it('hashes the whole key if the tag is empty or does not end', () => {
    for (const key of ['{}x', 'foo{}{bar}', 'foo{', 'foo{bar', 'foo}', '}{']) {
      expect(keySlot(key)).toBe(remainder(bytes(key)) % 16384)
    }
  })
})

describe('Redirects', () => {
  it('asks the first seed while it knows nothing better', async () => {
    const { client, calls } = cluster({ A: ok(1), B: ok(2) }, { seeds: ['A', 'B'] })
    expect(await client.exec(['GET', 'foo'])).toBe(1)
    expect([calls, client.cachedNode(12182)]).toEqual([['A'], undefined])
  })

  it('remembers the node of a MOVED for its slot alone', async () => {
    const { client, calls } = cluster({ A: moved('foo', 'B'), B: ok('value') })
    expect(await client.exec(['GET', 'foo'])).toBe('value')
    expect(await client.exec(['SET', 'x{foo}', '1'])).toBe('value')
    expect(calls).toEqual(['A', 'B', 'B'])
    expect([client.cachedNode(12182), client.cachedNode(5061)]).toEqual(['B', undefined])
    await client.exec(['GET', 'bar'])
    expect(calls.slice(3)).toEqual(['A', 'B'])
  })

  it('follows ASK with asking set, and forgets it', async () => {
    const { client, calls } = cluster({
      A: () => ({ ask: { slot: 12182, node: 'B' } }),
      B: (_, asking) => (asking ? { ok: 'value' } : { moved: { slot: 12182, node: 'A' } }),
    })
    expect(await client.exec(['GET', 'foo'])).toBe('value')
    expect(client.cachedNode(12182)).toBeUndefined()
    await client.exec(['GET', 'foo'])
    expect(calls).toEqual(['A', 'B!', 'A', 'B!'])
  })

  it('keeps the node that is known when it answers ASK', async () => {
    let migrating = false
    const { client, calls } = cluster({
      A: moved('foo', 'B'),
      B: () => (migrating ? { ask: { slot: 12182, node: 'C' } } : { ok: 'b' }),
      C: ok('c'),
    })
    await client.exec(['GET', 'foo'])
    migrating = true
    expect(await client.exec(['GET', 'foo'])).toBe('c')
    expect([client.cachedNode(12182), calls]).toEqual(['B', ['A', 'B', 'B', 'C!']])
  })

  it('stops asking when another redirection follows', async () => {
    const { client, calls } = cluster({
      A: () => ({ ask: { slot: 12182, node: 'B' } }),
      B: moved('foo', 'C'),
      C: ok('c'),
    })
    expect(await client.exec(['GET', 'foo'])).toBe('c')
    expect(calls).toEqual(['A', 'B!', 'C'])
  })

  it('follows as many redirections as allowed, and no more', async () => {
    for (const maxRedirects of [undefined, 1, random.int(2, 8)]) {
      const limit = maxRedirects ?? 5
      const chain = (length: number) => {
        const nodes: Record<string, Answer> = {}
        for (let i = 0; i < length; i++) nodes[`n${i}`] = moved('foo', `n${i + 1}`)
        nodes[`n${length}`] = ok('end')
        return cluster(nodes, { maxRedirects })
      }
      expect(await chain(limit).client.exec(['GET', 'foo'])).toBe('end')
      const { client, calls } = chain(limit + 1)
      await expect(client.exec(['GET', 'foo'])).rejects.toBeInstanceOf(TooManyRedirectsError)
      expect(calls.length).toBe(limit + 1)
    }
  })

  it('passes the command on unchanged, and an error to the caller', async () => {
    const seen: Array<readonly string[]> = []
    const { client, calls } = cluster({
      A: (cmd) => {
        seen.push(cmd)
        return { err: 'WRONGTYPE not a string' }
      },
    })
    await expect(client.exec(['APPEND', 'foo', 'bar', ''])).rejects.toThrow('WRONGTYPE not a string')
    expect([seen, calls]).toEqual([[['APPEND', 'foo', 'bar', '']], ['A']])
  })
})

describe('Unreachable nodes', () => {
  it('asks the other seeds in order when one cannot be reached', async () => {
    const { client, calls } = cluster({ A: down, B: down, C: ok('c') }, { seeds: ['A', 'B', 'C'] })
    expect(await client.exec(['GET', 'foo'])).toBe('c')
    expect(calls).toEqual(['A', 'B', 'C'])
  })

  it('finds the new node of a slot when the old one is gone', async () => {
    let failedOver = false
    const { client, calls } = cluster({
      A: () => ({ moved: { slot: 12182, node: failedOver ? 'C' : 'B' } }),
      B: () => (failedOver ? new Error('connection refused') : { ok: 'b' }),
      C: ok('c'),
    })
    await client.exec(['GET', 'foo'])
    failedOver = true
    expect(await client.exec(['GET', 'foo'])).toBe('c')
    expect(calls).toEqual(['A', 'B', 'B', 'A', 'C'])
    expect(client.cachedNode(12182)).toBe('C')
  })

  it('turns to nodes that it knows from redirections', async () => {
    let down = false
    const { client } = cluster({
      A: (cmd) => (down ? new Error('gone') : { moved: { slot: keySlot(cmd[1] ?? ''), node: 'B' } }),
      B: ok('b'),
    })
    await client.exec(['GET', 'foo'])
    down = true
    expect(await client.exec(['GET', 'bar'])).toBe('b')
  })

  it('rejects with the last reason when nobody can be reached', async () => {
    const { client, calls } = cluster({ A: down, B: () => new Error('timed out') }, { seeds: ['A', 'B'] })
    await expect(client.exec(['GET', 'foo'])).rejects.toThrow('timed out')
    expect(calls).toEqual(['A', 'B'])
  })

  it('needs a seed', () => {
    expect(() => new ClusterClient({ seeds: [], call: async () => ({ ok: 1 }) })).toThrow(RangeError)
  })
})

describe('Several keys', () => {
  it('refuses keys of different slots before any call', async () => {
    const { client, calls } = cluster({ A: ok('done') })
    for (const cmd of [['MGET', 'foo', 'bar'], ['del', 'foo', 'x{foo}', 'bar'], ['MSET', 'foo', '1', 'bar', '2']]) {
      await expect(client.exec(cmd)).rejects.toBeInstanceOf(CrossSlotError)
    }
    expect(calls).toEqual([])
    expect(await client.exec(['MSET', 'a{t}', 'foo', 'b{t}', 'bar'])).toBe('done')
    expect(await client.exec(['SET', 'foo', 'bar'])).toBe('done')
  })

  it('fetches keys of many slots and returns the values in the order of the keys', async () => {
    const values = (cmd: readonly string[]) => ({ ok: cmd.slice(1).map((key) => `value of ${key}`) })
    const { client, calls } = cluster({
      A: (cmd) => (keySlot(cmd[1] ?? '') < 8192 ? values(cmd) : { moved: { slot: keySlot(cmd[1] ?? ''), node: 'B' } }),
      B: values,
    })
    const some = Array.from({ length: 6 }, () => `k${random.int(0, 99)}`)
    const names = ['foo', 'a{bar}', 'hello', 'x{foo}', 'bar', 'foo', ...some]
    const keys = ['foo', ...random.shuffle(names), 'bar', 'foo']
    expect(await client.mget(keys)).toEqual(keys.map((key) => `value of ${key}`))
    const slots = new Set(keys.map(keySlot))
    expect(calls.length).toBe(slots.size + [...slots].filter((slot) => slot >= 8192).length)
    expect(await client.mget([])).toEqual([])
  })

  it('fetches the groups at the same time', async () => {
    const waiting: Array<() => void> = []
    const client = new ClusterClient({
      seeds: ['A'],
      call: (_node, cmd) =>
        new Promise((resolve) => {
          waiting.push(() => resolve({ ok: cmd.slice(1) }))
        }),
    })
    const result = client.mget(['foo', 'bar', 'hello', 'a{foo}'])
    for (let turn = 0; turn < 50; turn++) await null
    expect(waiting.length).toBe(3)
    // The last group answers first.
    for (const answer of waiting.reverse()) answer()
    expect(await result).toEqual(['foo', 'bar', 'hello', 'a{foo}'])
  })
})
