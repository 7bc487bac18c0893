import { describe, expect, it } from 'vitest'
import { DiscoveryClient, Registrar, Registry, type RegistryEvent } from './solution'

const cart = (id: string, addr = `10.0.0.${id}:80`) => ({ service: 'cart', id, addr })

describe('service registry', () => {
  it('forgets an instance that sends no heartbeat', () => {
    let time = 0
    const registry = new Registry({ now: () => time })
    const lease = registry.register(cart('1'))
    time = 9000
    expect(registry.heartbeat(lease)).toBe(true)
    time = 18_999
    expect(registry.list('cart').instances).toEqual([cart('1')])
    time = 19_000
    expect(registry.heartbeat(lease)).toBe(false)
    expect(registry.list('cart').instances).toEqual([])
  })

  it('tells every change since a version', () => {
    const registry = new Registry({ now: () => 0 })
    registry.register(cart('1'))
    const { version } = registry.list('cart')
    const lease = registry.register(cart('2'))
    const events: RegistryEvent[] = []
    registry.watch('cart', version, (event) => events.push(event))
    registry.deregister(lease)
    expect(events).toEqual([
      { type: 'add', instance: cart('2'), version: 2 },
      { type: 'remove', instance: cart('2'), version: 3 },
    ])
  })

  it('answers callers from a cache that follows', () => {
    const registry = new Registry({ now: () => 0 })
    const client = new DiscoveryClient(registry)
    expect(client.instances('cart')).toEqual([])
    registry.register(cart('1'))
    expect(client.instances('cart')).toEqual([cart('1')])
  })

  it('keeps an instance registered', () => {
    const timers: Array<{ fn: () => void; ms: number }> = []
    const registry = new Registry({ now: () => 0 })
    const registrar = new Registrar(registry, cart('1'), {
      ttlMs: 9000,
      timers: { now: () => 0, setTimeout: (fn, ms) => timers.push({ fn, ms }), clearTimeout: () => {} },
    })
    registrar.start()
    expect(registry.list('cart').instances).toEqual([cart('1')])
    expect(timers.map(({ ms }) => ms)).toEqual([6000])
  })
})
