import { describe, expect, it } from 'vitest'
import { random } from 'handroll'
import { AutoScaler, type ScaleCfg } from './solution'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

/** `count` instances with this load each. */
const each = (count: number, load: number) => numbers(count).map(() => load)

/** A scaler of `current` instances with a target of 100, which goes down at once unless told otherwise. */
function setup(current: number, cfg: Partial<ScaleCfg> = {}) {
  const clock = { ms: 1000 * DAY + 12 * HOUR }
  const base = { min: 1, max: 1000, target: 100, downWindowMs: 0, now: () => clock.ms }
  const scaler = new AutoScaler({ ...base, ...cfg }, current)
  /** The whole load, spread evenly over the instances that run. */
  const load = (total: number) => scaler.observe(each(scaler.current, total / scaler.current))
  return { clock, scaler, load }
}

describe('Proportion', () => {
  it('rounds up to what the load asks for', () => {
    for (const _ of numbers(12)) {
      const current = random.int(2, 30)
      const rate = random.pick([random.int(10, 80), random.int(125, 400)])
      const { scaler } = setup(current)
      const desired = Math.max(1, Math.ceil((current * rate) / 100))
      const reason = desired > current ? 'up' : desired < current ? 'down' : 'steady'
      expect(scaler.observe(each(current, rate))).toEqual({ desired, reason })
      expect(scaler.current).toBe(desired)
    }
  })

  it('counts the average over all instances', () => {
    const { scaler } = setup(4)
    expect(scaler.observe([10, 390, 100, 300])).toEqual({ desired: 8, reason: 'up' })
    expect(setup(3).scaler.observe([120, 120, 120])).toEqual({ desired: 4, reason: 'up' })
  })

  it('adds no instance for a rounding error', () => {
    expect(setup(10, { tolerance: 0 }).scaler.observe(each(10, 110))).toEqual({ desired: 11, reason: 'up' })
    expect(setup(100, { tolerance: 0 }).scaler.observe(each(100, 110))).toEqual({ desired: 110, reason: 'up' })
    expect(setup(30, { target: 0.1, tolerance: 0 }).scaler.observe([0.3]).desired).toBe(90)
  })

  it('does nothing within the tolerance, which is a tenth by default', () => {
    for (const rate of [91, 95, 100, 105, 109]) {
      expect(setup(20).scaler.observe(each(20, rate))).toEqual({ desired: 20, reason: 'steady' })
    }
    expect(setup(20).scaler.observe(each(20, 111))).toEqual({ desired: 23, reason: 'up' })
    expect(setup(20).scaler.observe(each(20, 89))).toEqual({ desired: 18, reason: 'down' })
  })

  it('takes the tolerance it is given, its edges included', () => {
    for (const rate of [50, 75, 125, 150]) {
      expect(setup(8, { tolerance: 0.5 }).scaler.observe([rate])).toEqual({ desired: 8, reason: 'steady' })
    }
    expect(setup(8, { tolerance: 0.5 }).scaler.observe([151]).desired).toBe(13)
    expect(setup(8, { tolerance: 0.5 }).scaler.observe([49]).desired).toBe(4)
    expect(setup(100, { tolerance: 0 }).scaler.observe([101]).desired).toBe(101)
  })

  it('settles, however often it looks at the same load', () => {
    const { scaler, load } = setup(random.int(1, 40), { tolerance: 0 })
    const total = 100 * random.int(5, 50) + random.int(1, 40)
    for (const _ of numbers(4)) load(total)
    const settled = scaler.current
    expect(settled).toBe(Math.ceil(total / 100))
    for (const _ of numbers(4)) expect(load(total)).toEqual({ desired: settled, reason: 'steady' })
  })

  it('refuses a configuration that makes no sense', () => {
    const bad: Array<[Partial<ScaleCfg>, number?]> = [
      [{ min: 0 }],
      [{ min: 1.5 }],
      [{ max: Number.POSITIVE_INFINITY }],
      [{ min: 6, max: 5 }],
      [{ target: 0 }],
      [{ target: Number.NaN }],
      [{ tolerance: -0.1 }],
      [{ downWindowMs: -1 }],
      [{ upCooldownMs: -1 }],
      [{}, 0],
      [{}, 2.5],
    ]
    for (const [cfg, current = 3] of bad) expect(() => setup(current, cfg)).toThrow(RangeError)
  })
})

describe('Bounds', () => {
  it('never goes below the minimum or above the maximum', () => {
    const bounds = { min: 3, max: 8 }
    expect(setup(5, bounds).scaler.observe(each(5, 10_000))).toEqual({ desired: 8, reason: 'clamped' })
    expect(setup(5, bounds).scaler.observe(each(5, 0))).toEqual({ desired: 3, reason: 'clamped' })
    expect(setup(8, bounds).scaler.observe(each(8, 300))).toEqual({ desired: 8, reason: 'clamped' })
  })

  it('brings a number that begins outside into the bounds', () => {
    expect(setup(20, { max: 8 }).scaler.observe([100])).toEqual({ desired: 8, reason: 'clamped' })
    expect(setup(1, { min: 3 }).scaler.observe([100])).toEqual({ desired: 3, reason: 'clamped' })
  })

  it('raises the minimum at the times of a floor', () => {
    const { clock, scaler } = setup(4, { floors: [{ fromMs: 8 * HOUR, toMs: 9 * HOUR, min: 10 }] })
    const seen = [8 * HOUR - 1, 8 * HOUR, 9 * HOUR - 1].map((time) => {
      clock.ms = 2000 * DAY + time
      return scaler.observe([100])
    })
    expect(seen).toEqual([
      { desired: 4, reason: 'steady' },
      { desired: 10, reason: 'clamped' },
      { desired: 10, reason: 'steady' },
    ])
    clock.ms = 2000 * DAY + 9 * HOUR
    expect(scaler.observe([40])).toEqual({ desired: 4, reason: 'down' })
  })

  it('knows floors that run over midnight', () => {
    const floors = [{ fromMs: 22 * HOUR, toMs: 6 * HOUR, min: 7 }]
    for (const time of [22 * HOUR, 23 * HOUR, 0, 3 * HOUR, 6 * HOUR - 1]) {
      const { clock, scaler } = setup(2, { floors })
      clock.ms = 2000 * DAY + time
      expect(scaler.observe([100]).desired).toBe(7)
    }
    for (const time of [6 * HOUR, 12 * HOUR, 22 * HOUR - 1]) {
      const { clock, scaler } = setup(2, { floors })
      clock.ms = 2000 * DAY + time
      expect(scaler.observe([100]).desired).toBe(2)
    }
  })

  it('never applies a floor of no length', () => {
    for (const time of [0, 11 * HOUR, 12 * HOUR, 13 * HOUR]) {
      const { clock, scaler } = setup(2, { floors: [{ fromMs: 12 * HOUR, toMs: 12 * HOUR, min: 7 }] })
      clock.ms = 2000 * DAY + time
      expect(scaler.observe([100])).toEqual({ desired: 2, reason: 'steady' })
    }
  })

  it('takes the highest active floor, up to the maximum and never below the minimum', () => {
    const floor = (min: number) => ({ fromMs: 0, toMs: DAY, min })
    expect(setup(4, { floors: random.shuffle([floor(5), floor(9), floor(7)]) }).scaler.observe([100]).desired).toBe(9)
    expect(setup(4, { max: 6, floors: [floor(9)] }).scaler.observe([100]).desired).toBe(6)
    expect(setup(8, { min: 8, floors: [floor(2)] }).scaler.observe([10]).desired).toBe(8)
  })

  it('knows one number only when the bounds are equal', () => {
    expect(setup(2, { min: 5, max: 5 }).scaler.observe([100])).toEqual({ desired: 5, reason: 'clamped' })
  })
})

describe('Damping', () => {
  it('goes down only to the highest number wanted within the window', () => {
    const { clock, scaler, load } = setup(10, { downWindowMs: 10 * MINUTE })
    load(1000)
    clock.ms += 4 * MINUTE
    expect(load(700)).toEqual({ desired: 10, reason: 'window' })
    clock.ms += 4 * MINUTE
    expect(load(300)).toEqual({ desired: 10, reason: 'window' })
    clock.ms += 2 * MINUTE
    expect(load(300)).toEqual({ desired: 7, reason: 'window' })
    clock.ms += 4 * MINUTE
    expect(load(300)).toEqual({ desired: 3, reason: 'down' })
    expect(scaler.current).toBe(3)
  })

  it('forgets a number exactly when it is as old as the window', () => {
    const { clock, load } = setup(10, { downWindowMs: 5 * MINUTE })
    load(1000)
    clock.ms += 5 * MINUTE - 1
    expect(load(200).desired).toBe(10)
    clock.ms += 1
    expect(load(200)).toEqual({ desired: 2, reason: 'down' })
  })

  it('waits five minutes unless told otherwise', () => {
    const clock = { ms: 1000 * DAY }
    const plain = new AutoScaler({ min: 1, max: 100, target: 100, now: () => clock.ms }, 10)
    expect(plain.observe([100]).desired).toBe(10)
    clock.ms += 300_000 - 1
    expect(plain.observe([20]).desired).toBe(10)
    clock.ms += 1
    expect(plain.observe([20]).desired).toBe(2)
  })

  it('does not flap under a load that oscillates', () => {
    const { clock, scaler, load } = setup(10, { downWindowMs: 5 * MINUTE })
    for (const i of numbers(30)) {
      load(i % 2 === 0 ? 1000 : 400)
      expect(scaler.current).toBe(10)
      clock.ms += random.int(30, 120) * 1000
    }
  })

  it('does not go down faster because it looks more often', () => {
    const { clock, scaler, load } = setup(10, { downWindowMs: 5 * MINUTE })
    load(1000)
    for (const _ of numbers(14)) {
      clock.ms += 20_000
      expect(load(200)).toEqual({ desired: 10, reason: 'window' })
    }
    clock.ms += 20_000
    load(200)
    expect(scaler.current).toBe(2)
  })

  it('goes up at once, but not again before the cooldown is over', () => {
    const { clock, load } = setup(4, { upCooldownMs: 3 * MINUTE })
    expect(load(800)).toEqual({ desired: 8, reason: 'up' })
    clock.ms += 3 * MINUTE - 1
    expect(load(1600)).toEqual({ desired: 8, reason: 'cooldown' })
    clock.ms += 1
    expect(load(1600)).toEqual({ desired: 16, reason: 'up' })
  })

  it('says cooldown only when it holds a rise back', () => {
    const { load } = setup(4, { upCooldownMs: 3 * MINUTE })
    load(800)
    expect(load(800)).toEqual({ desired: 8, reason: 'steady' })
  })

  it('counts the cooldown from the last rise that took place', () => {
    const { clock, load } = setup(4, { upCooldownMs: 3 * MINUTE })
    load(800)
    for (const _ of numbers(8)) {
      clock.ms += 20_000
      expect(load(1600).reason).toBe('cooldown')
    }
    clock.ms += 20_000
    expect(load(1600)).toEqual({ desired: 16, reason: 'up' })
  })

  it('lets the load fall during the cooldown, and floors lift it', () => {
    const { clock, scaler, load } = setup(4, {
      upCooldownMs: HOUR,
      floors: [{ fromMs: 12 * HOUR + 10 * MINUTE, toMs: 13 * HOUR, min: 6 }],
    })
    load(800)
    clock.ms += MINUTE
    expect(load(300)).toEqual({ desired: 3, reason: 'down' })
    expect(load(900)).toEqual({ desired: 3, reason: 'cooldown' })
    clock.ms += 10 * MINUTE
    expect(load(900)).toEqual({ desired: 6, reason: 'cooldown' })
    expect(scaler.current).toBe(6)
  })
})

describe('Missing samples', () => {
  it('changes nothing without any sample', () => {
    const { clock, scaler, load } = setup(10, { downWindowMs: 5 * MINUTE, max: 5 })
    expect(scaler.observe([])).toEqual({ desired: 10, reason: 'no-data' })
    expect(scaler.observe([null, null])).toEqual({ desired: 10, reason: 'no-data' })
    clock.ms += MINUTE
    expect(load(100)).toEqual({ desired: 1, reason: 'down' })
  })

  it('takes missing ones for idle on the way up', () => {
    const { scaler } = setup(4)
    expect(scaler.observe([300, 300, null, null])).toEqual({ desired: 6, reason: 'up' })
    expect(setup(4).scaler.observe([400, null, 400, 400])).toEqual({ desired: 12, reason: 'up' })
  })

  it('takes missing ones for busy on the way down', () => {
    expect(setup(4).scaler.observe([20, 20, null, null])).toEqual({ desired: 3, reason: 'down' })
    expect(setup(10).scaler.observe([...each(9, 0), null])).toEqual({ desired: 1, reason: 'down' })
  })

  it('stays if the missing ones could turn the tide', () => {
    expect(setup(4).scaler.observe([150, null, null, null])).toEqual({ desired: 4, reason: 'steady' })
    expect(setup(4).scaler.observe([210, 210, null, null])).toEqual({ desired: 4, reason: 'steady' })
    expect(setup(4).scaler.observe([80, 80, null, null])).toEqual({ desired: 4, reason: 'steady' })
  })

  it('tells a load of zero from a missing sample', () => {
    expect(setup(4).scaler.observe([0, 0, 200, 200])).toEqual({ desired: 4, reason: 'steady' })
    expect(setup(4).scaler.observe([0, 0, 0, 0])).toEqual({ desired: 1, reason: 'clamped' })
  })
})
