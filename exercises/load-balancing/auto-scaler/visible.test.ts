import { describe, expect, it } from 'vitest'
import { AutoScaler } from './solution'

const MINUTE = 60_000

describe('AutoScaler', () => {
  it('follows the load upwards at once', () => {
    const scaler = new AutoScaler({ min: 2, max: 20, target: 100, now: () => 0 }, 4)
    expect(scaler.observe([150, 160, 140, 150])).toEqual({ desired: 6, reason: 'up' })
    expect(scaler.current).toBe(6)
    expect(scaler.observe([105, 95, 104, 99, 101, 100])).toEqual({ desired: 6, reason: 'steady' })
  })

  it('goes down only when the load has stayed low', () => {
    let time = 0
    const scaler = new AutoScaler({ min: 1, max: 20, target: 100, downWindowMs: 5 * MINUTE, now: () => time }, 6)
    expect(scaler.observe([100, 100, 100, 100, 100, 100]).reason).toBe('steady')
    time = 4 * MINUTE
    expect(scaler.observe([50, 50, 50, 50, 50, 50])).toEqual({ desired: 6, reason: 'window' })
    time = 5 * MINUTE
    expect(scaler.observe([50, 50, 50, 50, 50, 50])).toEqual({ desired: 3, reason: 'down' })
  })

  it('stays within its bounds', () => {
    const scaler = new AutoScaler({ min: 2, max: 5, target: 100, now: () => 0 }, 4)
    expect(scaler.observe([900, 900, 900, 900])).toEqual({ desired: 5, reason: 'clamped' })
  })

  it('does nothing without samples', () => {
    const scaler = new AutoScaler({ min: 1, max: 5, target: 100, now: () => 0 }, 3)
    expect(scaler.observe([null, null, null])).toEqual({ desired: 3, reason: 'no-data' })
  })
})
