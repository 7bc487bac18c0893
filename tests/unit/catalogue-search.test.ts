import { describe, expect, it } from 'vitest'
import { createSearch, createSearchInSteps, type Searchable } from '@/app/_catalogue/search'

const topic = { en: 'Caches and eviction', zh: '缓存与淘汰' }
const exercises: Searchable[] = [
  { slug: 'lru-cache', title: { en: 'O(1) LRU cache', zh: 'O(1) LRU 缓存' }, topicTitle: topic, tags: ['cache', 'eviction'] },
  {
    slug: 'consistent-hash-ring',
    title: { en: 'Consistent-hash ring', zh: '一致性哈希环与虚拟节点' },
    topicTitle: { en: 'Hashing and maps', zh: '哈希与映射' },
    tags: ['hashing'],
    words: 'virtual nodes ketama 虚拟 节点',
  },
  {
    slug: 'blocking-queue',
    title: { en: 'Bounded blocking queue', zh: '有界阻塞队列' },
    topicTitle: { en: 'Queues, pipes and timers', zh: '队列、管道与定时器' },
    tags: ['queue', 'back-pressure'],
  },
  {
    slug: 'semaphore',
    title: { en: 'Weighted semaphore', zh: '加权信号量' },
    topicTitle: { en: 'Synchronisation', zh: '同步原语' },
    tags: ['concurrency'],
  },
]
const search = createSearch(exercises)

describe('the search of the catalogue', () => {
  it.each([
    ['the beginning of a word', 'sema', 'semaphore'],
    ['two words in any order', 'queue bounded', 'blocking-queue'],
    ['a name written together', 'blockingqueue', 'blocking-queue'],
    ['a name in camel case', 'LruCache', 'lru-cache'],
    ['a tag with its hyphen left out', 'backpressure', 'blocking-queue'],
    ['a word of the prompt', 'ketama', 'consistent-hash-ring'],
    ['one wrong letter', 'samaphore', 'semaphore'],
    ['two letters swapped', 'semahpore', 'semaphore'],
    ['a letter left out', 'evicton', 'lru-cache'],
    ['a Chinese word', '信号量', 'semaphore'],
    ['a Chinese word with a character left out', '一致哈希', 'consistent-hash-ring'],
    ['a Chinese word with a wrong character', '有界阻色队列', 'blocking-queue'],
    ['one Chinese character', '环', 'consistent-hash-ring'],
    ['both languages mixed', 'LRU 缓存', 'lru-cache'],
    ['full-width letters', 'ＬＲＵ', 'lru-cache'],
  ])('finds by %s', (_, query, slug) => {
    expect(search(query)[0]).toBe(slug)
  })

  it('does not guess while there is an exact answer', () => {
    expect(search('cache')).toEqual(['lru-cache'])
  })

  it('asks for all words', () => {
    expect(search('lru semaphore')).toEqual([])
  })

  it('finds nothing for nothing, for signs and for nonsense', () => {
    expect([search(''), search('  '), search('?!'), search('xyzzyx')]).toEqual([[], [], [], []])
  })

  it('forgives nothing in very short words', () => {
    expect(search('lrx')).toEqual([])
  })

  it('answers the same when it was built in steps', async () => {
    const other = await createSearchInSteps(exercises)
    for (const query of ['ketama', '队列', 'samaphore']) expect(other(query)).toEqual(search(query))
  })
})
