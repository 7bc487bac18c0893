import { describe, expect, it } from 'vitest'
import { ClusterClient, CrossSlotError, crc16, keySlot, type Reply } from './solution'

describe('ClusterClient', () => {
  it('computes the checksum and the slot', () => {
    expect(crc16(new TextEncoder().encode('123456789'))).toBe(0x31c3)
    expect([keySlot('foo'), keySlot('bar')]).toEqual([12182, 5061])
    expect(keySlot('{user1000}.following')).toBe(keySlot('user1000'))
  })

  it('follows MOVED and remembers it', async () => {
    const calls: string[] = []
    const call = async (node: string): Promise<Reply> => {
      calls.push(node)
      return node === 'B' ? { ok: 'value' } : { moved: { slot: 12182, node: 'B' } }
    }
    const client = new ClusterClient({ seeds: ['A'], call })
    expect(await client.exec(['GET', 'foo'])).toBe('value')
    expect(await client.exec(['GET', 'foo'])).toBe('value')
    expect(calls).toEqual(['A', 'B', 'B'])
    expect(client.cachedNode(12182)).toBe('B')
  })

  it('refuses keys of different slots', async () => {
    const client = new ClusterClient({ seeds: ['A'], call: async () => ({ ok: null }) })
    await expect(client.exec(['MGET', 'foo', 'bar'])).rejects.toBeInstanceOf(CrossSlotError)
  })
})
