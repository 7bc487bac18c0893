import { describe, expect, it, vi } from 'vitest'
import { random } from 'handroll'
import { DiscoveryClient, type Instance, Registrar, Registry, type RegistryEvent } from './solution'

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

/** Timers that go off only when told to. */
class FakeTimers {
  #ms = 0
  #serial = 0
  readonly #pending = new Map<number, { at: number; fn: () => void }>()

  now(): number {
    return this.#ms
  }

  setTimeout(fn: () => void, ms: number): number {
    this.#pending.set(++this.#serial, { at: this.#ms + ms, fn })
    return this.#serial
  }

  clearTimeout(id: number): void {
    this.#pending.delete(id)
  }

  get pending(): number {
    return this.#pending.size
  }

  /** Lets time pass, with all that is due on the way in its order. */
  async advance(ms: number): Promise<void> {
    const end = this.#ms + ms
    for (;;) {
      const due = [...this.#pending].filter(([, { at }]) => at <= end).sort(([a, x], [b, y]) => x.at - y.at || a - b)
      const [first] = due
      if (first === undefined) break
      this.#pending.delete(first[0])
      this.#ms = first[1].at
      first[1].fn()
      await settle()
    }
    this.#ms = end
    await settle()
  }
}

/** Lets everything happen that can happen without the clock moving. */
async function settle(): Promise<void> {
  for (let i = 0; i < 30; i++) await null
}

/** The timers as the solution gets them: three functions. */
function asTimers(clock: FakeTimers) {
  return {
    now: () => clock.now(),
    setTimeout: (fn: () => void, ms: number) => clock.setTimeout(fn, ms),
    clearTimeout: (id: number) => clock.clearTimeout(id),
  }
}

function cart(id: string | number, addr = `10.0.0.${id}:80`): Instance {
  return { service: 'cart', id: String(id), addr }
}

function setup(ttlMs?: number) {
  const clock = { ms: random.int(0, 1e6) }
  const registry = new Registry({ now: () => clock.ms, ttlMs })
  const ids = (service = 'cart') => registry.list(service).instances.map(({ id }) => id)
  return { clock, registry, ids }
}

/** Everything that is told of a service, as short texts. */
function told(registry: Registry, service = 'cart', fromVersion = 0) {
  const events: string[] = []
  const end = registry.watch(service, fromVersion, ({ type, instance, version }) => {
    events.push(`${version} ${type} ${instance.id}`)
  })
  return { events, end }
}

describe('Leases', () => {
  it('removes an instance once its time is over, and tells it once', () => {
    const { clock, registry, ids } = setup()
    registry.register(cart(1))
    const { events } = told(registry)
    clock.ms += 9999
    registry.sweep()
    expect([ids(), events]).toEqual([['1'], ['1 add 1']])
    clock.ms += 1
    registry.sweep()
    registry.sweep()
    expect([ids(), events]).toEqual([[], ['1 add 1', '2 remove 1']])
  })

  it('sweeps before it does anything else', () => {
    const calls: Array<(registry: Registry, lease: string) => unknown> = [
      (registry) => registry.list('other'),
      (registry) => registry.register({ service: 'other', id: 'x', addr: '' }),
      (registry, lease) => registry.heartbeat(lease),
      (registry, lease) => registry.deregister(lease),
      (registry) => registry.watch('other', 0, () => {}),
    ]
    for (const call of calls) {
      const { clock, registry } = setup(100)
      const lease = registry.register(cart(1))
      const { events } = told(registry)
      clock.ms += 100
      call(registry, lease)
      expect(events).toEqual(['1 add 1', '2 remove 1'])
    }
  })

  it('renews with each heartbeat, from the time of the heartbeat', () => {
    const ttlMs = random.int(50, 5000)
    const { clock, registry, ids } = setup(ttlMs)
    const lease = registry.register(cart(1))
    for (const _ of numbers(5)) {
      clock.ms += random.int(1, ttlMs - 1)
      expect(registry.heartbeat(lease)).toBe(true)
    }
    clock.ms += ttlMs - 1
    expect(ids()).toEqual(['1'])
    clock.ms += 1
    expect(ids()).toEqual([])
  })

  it('never revives a lease that is over', () => {
    const { clock, registry, ids } = setup(1000)
    const lease = registry.register(cart(1))
    clock.ms += 1000
    expect([registry.heartbeat(lease), registry.heartbeat(lease), registry.heartbeat('unknown')]).toEqual([
      false,
      false,
      false,
    ])
    expect(ids()).toEqual([])
  })

  it('lets each registration have its own time', () => {
    const { clock, registry } = setup(1000)
    registry.register(cart('default'))
    registry.register(cart('long'), 3000)
    registry.register(cart('short'), 500)
    registry.register(cart('tie'), 1000)
    const { events } = told(registry, 'cart', 4)
    clock.ms += 5000
    registry.sweep()
    expect(events).toEqual(['5 remove short', '6 remove default', '7 remove tie', '8 remove long'])
  })

  it('updates an instance that is there, in its place, with a new lease', () => {
    const { clock, registry, ids } = setup(1000)
    const old = registry.register(cart(1))
    registry.register(cart(2))
    const { events } = told(registry)
    clock.ms += 600
    const young = registry.register(cart(1, 'elsewhere:80'))
    expect(young).not.toBe(old)
    expect(registry.list('cart').instances[0]).toEqual(cart(1, 'elsewhere:80'))
    expect([registry.heartbeat(old), registry.heartbeat(young)]).toEqual([false, true])
    registry.deregister(old)
    expect([ids(), events]).toEqual([['1', '2'], ['1 add 1', '2 add 2', '3 update 1']])
    clock.ms += 400
    expect(ids()).toEqual(['1'])
  })

  it('removes what is deregistered, and adds it anew afterwards', () => {
    const { registry, ids } = setup()
    const leases = numbers(3).map((i) => registry.register(cart(i)))
    const { events } = told(registry, 'cart', 3)
    registry.deregister(leases[0] ?? '')
    registry.deregister(leases[0] ?? '')
    registry.deregister('unknown')
    registry.register(cart(0))
    expect([ids(), events]).toEqual([['1', '2', '0'], ['4 remove 0', '5 add 0']])
  })

  it('tells instances apart by service and id', () => {
    const { registry, ids } = setup()
    const pairs = [['a', 'b/c'], ['a/b', 'c'], ['a', 'b'], ['', 'a'], ['a', '']] as const
    for (const [service, id] of pairs) registry.register({ service, id, addr: '' })
    expect(pairs.map(([service]) => ids(service).length)).toEqual([3, 1, 3, 1, 3])
  })

  it('refuses lease times that make no sense', () => {
    for (const ttlMs of [0, -1, Number.NaN]) {
      expect(() => setup(ttlMs)).toThrow(RangeError)
      expect(() => setup().registry.register(cart(1), ttlMs)).toThrow(RangeError)
    }
  })
})

describe('Versions and watches', () => {
  it('counts one version for each change, over all services', () => {
    const { registry } = setup()
    expect(registry.list('cart')).toEqual({ instances: [], version: 0 })
    const lease = registry.register(cart(1))
    registry.register({ service: 'user', id: '1', addr: '' })
    registry.heartbeat(lease)
    expect(registry.list('cart').version).toBe(2)
    registry.deregister(lease)
    expect(registry.list('user').version).toBe(3)
  })

  it('misses and repeats nothing between a list and a watch', () => {
    const { registry } = setup()
    const leases = new Map<string, string>()
    const change = () => {
      const id = String(random.int(0, 4))
      const lease = leases.get(id)
      if (lease !== undefined && random.next() < 0.4) {
        registry.deregister(lease)
        leases.delete(id)
      } else {
        leases.set(id, registry.register(cart(id, `addr ${random.int(0, 1e6)}`)))
      }
    }
    for (const _ of numbers(random.int(3, 8))) change()
    const { instances, version } = registry.list('cart')
    const seen = new Map(instances.map((instance) => [instance.id, instance]))
    for (const _ of numbers(random.int(2, 5))) change()
    const versions: number[] = []
    registry.watch('cart', version, ({ type, instance, version }) => {
      versions.push(version)
      if (type === 'remove') seen.delete(instance.id)
      else seen.set(instance.id, instance)
    })
    for (const _ of numbers(5)) change()
    const now = registry.list('cart')
    expect(versions).toEqual(numbers(now.version - version).map((i) => version + 1 + i))
    expect([...seen.values()]).toEqual(now.instances)
  })

  it('tells what has happened before watch returns', () => {
    const { registry } = setup()
    for (const i of numbers(3)) registry.register(cart(i))
    expect(told(registry, 'cart', 1).events).toEqual(['2 add 1', '3 add 2'])
    expect(told(registry, 'cart', 3).events).toEqual([])
    expect(told(registry, 'cart', 0).events).toHaveLength(3)
  })

  it('can be watched from before its first version', () => {
    const { registry } = setup()
    const { events } = told(registry, 'cart', -1)
    registry.register(cart(1))
    expect(events).toEqual(['1 add 1'])
  })

  it('tells only of the service that is watched', () => {
    const { registry } = setup()
    const { events } = told(registry)
    registry.register({ service: 'user', id: '1', addr: '' })
    registry.register(cart(7))
    expect(events).toEqual(['2 add 7'])
  })

  it('shows a change in the list when it tells it', () => {
    const { registry, ids } = setup()
    const seen: string[][] = []
    registry.watch('cart', 0, () => seen.push(ids()))
    const lease = registry.register(cart(1))
    registry.register(cart(2))
    registry.deregister(lease)
    expect(seen).toEqual([['1'], ['1', '2'], ['2']])
  })

  it('stops telling when it is told to', () => {
    const { registry } = setup()
    const [one, other] = [told(registry), told(registry)]
    registry.register(cart(1))
    one.end()
    one.end()
    registry.register(cart(2))
    expect([one.events, other.events]).toEqual([['1 add 1'], ['1 add 1', '2 add 2']])
  })

  it('lets a callback end its own watch', () => {
    const { registry } = setup()
    const seen: number[] = []
    const end = registry.watch('cart', 0, ({ version }) => {
      seen.push(version)
      end()
    })
    const { events } = told(registry)
    registry.register(cart(1))
    registry.register(cart(2))
    expect([seen, events.length]).toEqual([[1], 2])
  })

  it('tells a change made by a callback after the present one, to everybody', () => {
    const { registry } = setup()
    const order: string[] = []
    const listen = (name: string) =>
      registry.watch('cart', 0, ({ version, instance }) => {
        order.push(`${name}${version}`)
        if (name === 'a' && instance.id === '1') registry.register(cart(2))
        order.push(`end ${name}${version}`)
      })
    listen('a')
    listen('b')
    registry.register(cart(1))
    expect(order).toEqual(['a1', 'end a1', 'b1', 'end b1', 'a2', 'end a2', 'b2', 'end b2'])
  })

  it('removes each instance once, also if a callback looks at the list meanwhile', () => {
    const { clock, registry, ids } = setup(100)
    for (const i of [1, 2]) registry.register(cart(i))
    const events: string[] = []
    registry.watch('cart', 2, ({ type, instance, version }) => {
      ids()
      events.push(`${version} ${type} ${instance.id}`)
    })
    clock.ms += 100
    registry.sweep()
    expect([events, registry.list('cart').version]).toEqual([['3 remove 1', '4 remove 2'], 4])
  })

  it('hands out and keeps copies only', () => {
    const { registry } = setup()
    const given = { ...cart(1), meta: { zone: 'a' } }
    registry.register(given)
    given.addr = 'changed'
    given.meta.zone = 'changed'
    const events: RegistryEvent[] = []
    registry.watch('cart', 0, (event) => events.push(event))
    const [listed] = registry.list('cart').instances
    const expected = { ...cart(1), meta: { zone: 'a' } }
    expect([listed, events[0]?.instance]).toEqual([expected, expected])
    if (listed) listed.addr = 'changed'
    ;(events[0] as RegistryEvent).instance.addr = 'changed'
    expect(registry.list('cart').instances).toEqual([expected])
  })
})

describe('Registrar', () => {
  function registrar(ttlMs = 9000) {
    const clock = new FakeTimers()
    const registry = new Registry({ now: () => clock.now(), ttlMs: 1 })
    const calls: string[] = []
    const broken = { is: false }
    const through = <A extends unknown[], R>(name: string, fn: (...args: A) => R) => {
      return (...args: A): R => {
        calls.push(`${Math.round(clock.now())} ${name}`)
        if (broken.is) throw new Error('unreachable')
        return fn(...args)
      }
    }
    const reg = {
      register: through('register', (instance: Instance, ttl?: number) => registry.register(instance, ttl)),
      heartbeat: through('heartbeat', (lease: string) => registry.heartbeat(lease)),
      deregister: through('deregister', (lease: string) => registry.deregister(lease)),
    }
    const made = new Registrar(reg, cart(1), { ttlMs, timers: asTimers(clock) })
    return { clock, registry, calls, broken, made, isThere: () => registry.list('cart').instances.length === 1 }
  }

  it('registers at once and beats every two thirds of its time', async () => {
    const third = random.int(10, 5000)
    const { clock, calls, made, isThere } = registrar(3 * third)
    made.start()
    made.start()
    expect([calls, isThere()]).toEqual([['0 register'], true])
    await clock.advance(7 * third)
    expect(calls.slice(1)).toEqual([2, 4, 6].map((i) => `${i * third} heartbeat`))
    expect([isThere(), clock.pending]).toEqual([true, 1])
  })

  it('registers again when its lease is lost', async () => {
    const { clock, registry, calls, made, isThere } = registrar()
    made.start()
    registry.register(cart(1, 'usurper'))
    await clock.advance(6000)
    expect(calls).toEqual(['0 register', '6000 heartbeat', '6000 register'])
    expect([isThere(), registry.list('cart').instances[0]]).toEqual([true, cart(1)])
  })

  it('leaves properly', async () => {
    const { clock, calls, made, isThere } = registrar()
    made.start()
    await clock.advance(1000)
    made.stop()
    made.stop()
    expect([isThere(), clock.pending]).toEqual([false, 0])
    await clock.advance(60_000)
    expect(calls).toEqual(['0 register', '1000 deregister'])
    made.start()
    expect(isThere()).toBe(true)
  })

  it('keeps trying while the registry cannot be reached', async () => {
    const { clock, calls, broken, made, isThere } = registrar()
    broken.is = true
    made.start()
    await clock.advance(6000)
    broken.is = false
    await clock.advance(6000)
    expect(isThere()).toBe(true)
    broken.is = true
    await clock.advance(18_000)
    broken.is = false
    await clock.advance(6000)
    expect([isThere(), clock.pending]).toEqual([true, 1])
    expect(calls.slice(0, 3)).toEqual(['0 register', '6000 register', '12000 register'])
    broken.is = true
    made.stop()
    expect(clock.pending).toBe(0)
  })

  it('clears no timer when none is running', () => {
    const clock = new FakeTimers()
    const cleared: unknown[] = []
    const timers = { ...asTimers(clock), clearTimeout: (id: number) => void cleared.push(id) }
    const made = new Registrar(new Registry({ now: () => clock.now() }), cart(1), { ttlMs: 9000, timers })
    made.stop()
    made.start()
    made.stop()
    made.stop()
    expect(cleared.filter((id) => typeof id !== 'number')).toEqual([])
  })
})

describe('Discovery client', () => {
  function client() {
    const { clock, registry } = setup()
    const broken = { is: false }
    const list = vi.fn((service: string) => {
      if (broken.is) throw new Error('unreachable')
      return registry.list(service)
    })
    const watch = vi.fn((service: string, from: number, cb: (event: RegistryEvent) => void) => {
      if (broken.is) throw new Error('unreachable')
      return registry.watch(service, from, cb)
    })
    return { clock, registry, broken, list, watch, made: new DiscoveryClient({ list, watch }) }
  }

  it('lists a service once and follows it from there', () => {
    const { clock, registry, list, watch, made } = client()
    const lease = registry.register(cart(1))
    registry.register(cart(2))
    expect(made.instances('cart')).toEqual([cart(1), cart(2)])
    registry.deregister(lease)
    registry.register(cart(2, 'moved:80'))
    registry.register(cart(3), 60_000)
    expect(made.instances('cart')).toEqual([cart(2, 'moved:80'), cart(3)])
    clock.ms += 10_000
    registry.sweep()
    expect(made.instances('cart')).toEqual([cart(3)])
    expect(list.mock.calls).toEqual([['cart']])
    expect(watch.mock.calls.map(([service, from]) => [service, from])).toEqual([['cart', 2]])
  })

  it('keeps services apart', () => {
    const { registry, list, made } = client()
    registry.register(cart(1))
    registry.register({ service: 'user', id: '1', addr: 'u' })
    expect([made.instances('cart'), made.instances('user'), made.instances('none')].map((one) => one.length)).toEqual([
      1, 1, 0,
    ])
    made.instances('none')
    expect(list).toHaveBeenCalledTimes(3)
  })

  it('answers from its cache when the registry is gone', () => {
    const { registry, broken, made } = client()
    registry.register(cart(1))
    made.instances('cart')
    broken.is = true
    expect(made.instances('cart')).toEqual([cart(1)])
    expect(() => made.instances('user')).toThrow('unreachable')
    broken.is = false
    expect(made.instances('user')).toEqual([])
  })

  it('begins anew when the watch could not be set up', () => {
    const { registry, list, watch, made } = client()
    watch.mockImplementationOnce(() => {
      throw new Error('unreachable')
    })
    expect(() => made.instances('cart')).toThrow('unreachable')
    registry.register(cart(1))
    expect(made.instances('cart')).toEqual([cart(1)])
    expect(list).toHaveBeenCalledTimes(2)
  })

  it('stops following when it is closed, and answers what it knows', () => {
    const { registry, list, made } = client()
    registry.register(cart(1))
    made.instances('cart')
    made.close()
    registry.register(cart(2))
    expect([made.instances('cart'), made.instances('user')]).toEqual([[cart(1)], []])
    expect(list).toHaveBeenCalledTimes(1)
  })

  it('hands out copies', () => {
    const { registry, made } = client()
    registry.register({ ...cart(1), meta: { zone: 'a' } })
    const answer = made.instances('cart')
    ;(answer[0] as Instance).addr = 'changed'
    answer.length = 0
    expect(made.instances('cart')).toEqual([{ ...cart(1), meta: { zone: 'a' } }])
  })
})
