import { describe, expect, it } from 'vitest'
import { createSearch, createSearchInSteps, type Searchable } from '@/app/_catalogue/search/create-search'
import { markTerms } from '@/app/_catalogue/search/marks'
import { slipsBetween } from '@/app/_catalogue/search/slips'
import { snippetOf } from '@/app/_catalogue/search/snippet'
import { whereFound } from '@/app/_catalogue/search/where'

const caches = { en: 'Caches and eviction', zh: '缓存与淘汰' }
const exercises: Searchable[] = [
  {
    slug: 'lru-cache',
    title: { en: 'O(1) LRU cache', zh: 'O(1) LRU 缓存' },
    topicTitle: caches,
    tags: ['cache', 'hash-table'],
    prompt: {
      en: 'Build a cache of bounded size.\nonEvict(key, value) is called once for each entry that the cache drops.',
      zh: '实现一个容量有限的缓存。\n新条目放不下时，最久没有使用的那一个要让位。',
    },
  },
  {
    slug: 'consistent-hash-ring',
    title: { en: 'Consistent-hash ring', zh: '带虚拟节点的一致性哈希环' },
    topicTitle: { en: 'Hashing and maps', zh: '哈希与映射' },
    tags: ['hashing'],
    prompt: { en: 'Ketama places many virtual nodes.', zh: '每台服务器放上许多虚拟节点，负载才均匀。' },
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
const slugs = (query: string) => search(query).map(({ slug }) => slug)

describe('the search of the catalogue', () => {
  it.each([
    ['the beginning of a word', 'sema', 'semaphore'],
    ['two words in any order', 'queue bounded', 'blocking-queue'],
    ['a name written together', 'blockingqueue', 'blocking-queue'],
    ['a name in camel case', 'LruCache', 'lru-cache'],
    ['a tag', 'concurrency', 'semaphore'],
    ['a tag with its hyphen left out', 'backpressure', 'blocking-queue'],
    ['a plural where the singular stands', 'semaphores', 'semaphore'],
    ['a word of the prompt', 'ketama', 'consistent-hash-ring'],
    ['a method that the prompt names', 'onEvict', 'lru-cache'],
    ['a part of a name in camel case', 'evict', 'lru-cache'],
    ['words from title, tag and prompt together', 'weighted concurrency', 'semaphore'],
    ['one wrong letter', 'samaphore', 'semaphore'],
    ['two letters swapped', 'semahpore', 'semaphore'],
    ['a letter left out', 'evicton', 'lru-cache'],
    ['a letter too many', 'sempaphore', 'semaphore'],
    ['a slip in a word that is not yet typed to its end', 'samapho', 'semaphore'],
    ['a slip in one word of two', 'bounded qeue', 'blocking-queue'],
    ['a slip in a word of the prompt', 'ketema', 'consistent-hash-ring'],
    ['a Chinese word', '信号量', 'semaphore'],
    ['a Chinese word of the prompt', '负载', 'consistent-hash-ring'],
    ['a Chinese word with a character left out', '一致哈希', 'consistent-hash-ring'],
    ['a Chinese word with a wrong character', '有界阻色队列', 'blocking-queue'],
    ['one Chinese character', '塞', 'blocking-queue'],
    ['the last character of a title', '环', 'consistent-hash-ring'],
    ['both languages mixed', 'LRU缓存', 'lru-cache'],
    ['full-width letters', 'ＬＲＵ', 'lru-cache'],
  ])('finds by %s', (_, query, slug) => {
    expect(slugs(query)[0]).toBe(slug)
  })

  it('puts what stands in a title before what stands in a prompt', () => {
    const mention = { en: 'It guards a semaphore. A semaphore, again a semaphore.', zh: '无' }
    const more = [{ ...exercises[2]!, prompt: mention }, exercises[3]!]
    expect(createSearch(more)('semaphore').map(({ slug }) => slug)).toEqual(['semaphore', 'blocking-queue'])
  })

  it('does not guess while there is an exact answer', () => {
    expect(slugs('ring')).toEqual(['consistent-hash-ring'])
  })

  it('asks for all words', () => {
    expect(slugs('lru semaphore')).toEqual([])
  })

  it('asks for a Chinese word as a whole while it stands somewhere', () => {
    expect(slugs('节点')).toEqual(['consistent-hash-ring'])
  })

  it('finds nothing for nothing, for signs and for nonsense', () => {
    expect(['', '  ', '?!', 'xyzzyx'].map(slugs)).toEqual([[], [], [], []])
  })

  it('forgives nothing in very short words', () => {
    expect(slugs('lrx')).toEqual([])
  })

  it('answers the same when it was built in steps', async () => {
    const other = await createSearchInSteps(exercises)
    for (const query of ['ketama', '队列', 'samaphore']) expect(other(query)).toEqual(search(query))
  })
})

describe('slips of typing', () => {
  it.each([
    ['semaphore', 'semaphore', 0], ['sema', 'semaphore', 0], ['semahpore', 'semaphore', 1], ['smaphore', 'semaphore', 1],
    ['semmaphore', 'semaphore', 1], ['samapho', 'semaphore', 1], ['samahpo', 'semaphore', 2], ['queue', 'mutex', Infinity],
    ['longer', 'lo', Infinity],
  ])('between %s and the beginning of %s are %d', (typed, word, slips) => {
    expect(slipsBetween(typed, word, 2)).toBe(slips)
  })
})

describe('where an exercise was found', () => {
  const where = (query: string, locale: 'en' | 'zh' = 'en') => {
    const hit = search(query)[0]!
    return whereFound(hit, exercises.find(({ slug }) => slug === hit.slug)!, locale)
  }

  it('needs no more words when it was in the title', () => {
    expect(where('lru')).toMatchObject({ tags: [], otherTitle: null, snippet: null })
  })

  it('names the tag', () => {
    expect(where('backpressure')).toMatchObject({ tags: ['back-pressure'], otherTitle: null, snippet: null })
  })

  it('shows the title of the other language', () => {
    expect(where('阻塞').otherTitle).toEqual({ text: '有界阻塞队列', locale: 'zh' })
    expect(where('blocking', 'zh').otherTitle).toEqual({ text: 'Bounded blocking queue', locale: 'en' })
    expect(where('阻塞', 'zh').otherTitle).toBeNull()
  })

  it('shows the topic of the other language', () => {
    expect(where('同步')).toMatchObject({ otherTitle: null, otherTopic: { text: '同步原语', locale: 'zh' } })
  })

  it('shows a piece of the prompt, in the language in which it was found', () => {
    expect(where('onEvict').snippet).toEqual({ text: expect.stringContaining('onEvict(key, value)'), locale: 'en' })
    expect(where('让位').snippet).toEqual({ text: expect.stringContaining('要让位'), locale: 'zh' })
    expect(where('让位', 'zh').snippet?.locale).toBe('zh')
  })

  it('shows the prompt for the word that the title does not have', () => {
    expect(where('lru onEvict').snippet?.text).toContain('onEvict')
  })
})

describe('marks', () => {
  const marked = (text: string, ...terms: string[]) => {
    return markTerms(text, new Set(terms)).map((piece) => (piece.marked ? `[${piece.text}]` : piece.text)).join('')
  }

  it('cover whole words and leave the text as it is', () => {
    expect(marked('O(1) LRU cache, cached', 'lru', 'cache')).toBe('O(1) [LRU] [cache], cached')
  })

  it('cover the part of a name in camel case', () => {
    expect(marked('call onEvict(key)', 'evict')).toBe('call on[Evict](key)')
  })

  it('join the pairs of a Chinese word', () => {
    expect(marked('带虚拟节点的一致性哈希环', '一致', '致性', '性哈', '哈希')).toBe('带虚拟节点的[一致性哈希]环')
  })
})

describe('a snippet', () => {
  const filler = 'Some words that say nothing at all about what was asked for here. '

  it('is short, begins and ends with whole words, and holds what was found', () => {
    const snippet = snippetOf(`${filler.repeat(5)}The needle lies here. ${filler.repeat(5)}`, [['needle']])!
    expect(snippet).toMatch(/^…\S.*\bneedle\b.*\S…$/)
    expect(snippet.length).toBeLessThan(160)
    for (const word of snippet.match(/\w+/g)!) expect(`${filler} The needle lies here`).toContain(word)
  })

  it('is where the most words stand together', () => {
    const text = `A needle alone. ${filler.repeat(4)}The needle and the thread. ${filler.repeat(4)}`
    expect(snippetOf(text, [['needle'], ['thread']])).toContain('needle and the thread')
  })

  it('needs half as many Chinese characters', () => {
    const snippet = snippetOf(`${'虚拟节点放在环上。'.repeat(40)}令牌桶${'虚拟节点放在环上。'.repeat(40)}`, [['令牌', '牌桶']])!
    expect(snippet).toContain('令牌桶')
    expect([...snippet].length).toBeLessThan(85)
  })

  it('is nothing where nothing was found', () => {
    expect(snippetOf(filler, [['needle']])).toBeNull()
  })
})
