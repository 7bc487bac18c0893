import { describe, expect, it } from 'vitest'
import { AmqpError, Router, topicMatch } from './solution'

describe('topicMatch', () => {
  it('knows * for one word and # for any number', () => {
    expect(topicMatch('*.order.*', 'eu.order.paid')).toBe(true)
    expect(topicMatch('*.order.*', 'order.paid')).toBe(false)
    expect(topicMatch('eu.#', 'eu')).toBe(true)
    expect(topicMatch('eu.#', 'eu.order.paid')).toBe(true)
    expect(topicMatch('eu.*', 'eu.order.paid')).toBe(false)
  })
})

describe('Router', () => {
  it('gives each queue one copy', () => {
    const router = new Router()
    router.exchange('orders', 'topic')
    router.queue('billing')
    router.queue('audit')
    router.bind({ queue: 'billing' }, 'orders', '*.order.*')
    router.bind({ queue: 'audit' }, 'orders', 'eu.#')
    router.bind({ queue: 'audit' }, 'orders', '#')
    expect(router.publish('orders', 'eu.order.paid', 'o-17')).toEqual({ queues: ['audit', 'billing'], returned: false })
    expect(router.publish('orders', 'us', 'hello')).toEqual({ queues: ['audit'], returned: false })
    expect([router.messages('audit'), router.messages('billing')]).toEqual([['o-17', 'hello'], ['o-17']])
  })

  it('routes by headers', () => {
    const router = new Router()
    router.exchange('reports', 'headers')
    router.queue('both')
    router.queue('either')
    router.bind({ queue: 'both' }, 'reports', '', { format: 'pdf', pages: 2 })
    router.bind({ queue: 'either' }, 'reports', '', { 'x-match': 'any', format: 'pdf', pages: 2 })
    const headers = { format: 'pdf', pages: 7 }
    expect(router.publish('reports', 'any key', 1, { headers }).queues).toEqual(['either'])
    expect(router.publish('reports', 'any key', 2, { headers: { ...headers, pages: 2 } }).queues).toEqual([
      'both',
      'either',
    ])
  })

  it('goes through exchanges, and returns what nobody wants', () => {
    const router = new Router()
    router.exchange('in', 'direct')
    router.exchange('out', 'fanout', { internal: true })
    router.queue('all')
    router.bind({ exchange: 'out' }, 'in', 'k')
    router.bind({ queue: 'all' }, 'out', '')
    expect(router.publish('in', 'k', 1)).toEqual({ queues: ['all'], returned: false })
    expect(router.publish('in', 'other', 2, { mandatory: true })).toEqual({ queues: [], returned: true })
    expect(() => router.publish('out', 'k', 3)).toThrow(AmqpError)
  })
})
