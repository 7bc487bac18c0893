import { describe, expect, it } from 'vitest'
import { call, ExitSignal, panic } from './solution'

describe('defer, panic, recover', () => {
  it('runs deferred calls at the end, last in first out', () => {
    const log: string[] = []
    call((f) => {
      for (const name of ['a', 'b', 'c']) f.defer((text: string) => void log.push(text), name)
      log.push('body')
    })
    expect(log).toEqual(['body', 'c', 'b', 'a'])
  })

  it('lets a deferred call change the result', () => {
    const doubled = call<number>((f) => {
      f.defer(() => {
        f.result = (f.result ?? 0) * 2
      })
      return 21
    })
    expect(doubled).toBe(42)
  })

  it('recovers from a panic', () => {
    const result = call<string>((f) => {
      f.defer(() => {
        f.result = `recovered: ${String(f.recover())}`
      })
      return panic('boom')
    })
    expect(result).toBe('recovered: boom')
  })

  it('passes a panic on that nobody stops', () => {
    const log: string[] = []
    const failing = () => {
      call((f) => {
        f.defer(() => void log.push('cleaned up'))
        panic(new Error('boom'))
      })
    }
    expect(failing).toThrow('boom')
    expect(log).toEqual(['cleaned up'])
  })

  it('exits without running anything', () => {
    const log: string[] = []
    const exiting = () => {
      call((f) => {
        f.defer(() => void log.push('never'))
        throw new ExitSignal(3)
      })
    }
    expect(exiting).toThrow(ExitSignal)
    expect(log).toEqual([])
  })
})
