import { describe, expect, it } from 'vitest'
import { Bitcask, type Files } from './solution'

/** Files in memory. */
function memoryFiles(): Files {
  const files = new Map<string, number[]>()
  return {
    append(file, data) {
      const bytes = files.get(file) ?? []
      files.set(file, [...bytes, ...data])
      return bytes.length
    },
    read: (file, offset, length) => Uint8Array.from(files.get(file) ?? []).slice(offset, offset + length),
    size: (file) => files.get(file)?.length ?? 0,
    list: () => [...files.keys()],
    remove: (file) => void files.delete(file),
  }
}

describe('Bitcask', () => {
  it('stores, replaces and deletes', () => {
    const store = Bitcask.open(memoryFiles(), { maxFileBytes: 1000 })
    store.put('a', '1')
    store.put('a', '2')
    store.put('b', '')
    expect([store.get('a'), store.get('b'), store.get('c')]).toEqual(['2', '', undefined])
    expect([store.delete('a'), store.delete('a'), store.keys()]).toEqual([true, false, ['b']])
  })

  it('finds everything again when it is opened', () => {
    const files = memoryFiles()
    const store = Bitcask.open(files, { maxFileBytes: 60 })
    for (const key of ['a', 'b', 'c', 'd']) store.put(key, `value of ${key}`)
    store.delete('b')
    const again = Bitcask.open(files, { maxFileBytes: 60 })
    expect(again.keys().sort()).toEqual(['a', 'c', 'd'])
    expect(again.get('c')).toBe('value of c')
  })

  it('drops dead records when it merges', () => {
    const store = Bitcask.open(memoryFiles(), { maxFileBytes: 60 })
    for (let i = 0; i < 10; i++) store.put('a', `version ${i}`)
    const { bytesBefore, bytesAfter } = store.merge()
    expect(bytesAfter).toBeLessThan(bytesBefore)
    expect([store.get('a'), store.totalBytes]).toEqual(['version 9', store.liveBytes])
  })
})
