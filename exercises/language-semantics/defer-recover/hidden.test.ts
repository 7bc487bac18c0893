import { describe, expect, it } from 'vitest'
import { random } from 'handroll'
import { call, ExitSignal, panic } from './solution'

/** What a function throws; a note that it threw nothing otherwise. */
function thrownBy(fn: () => unknown): unknown {
  try {
    fn()
  } catch (error) {
    return error
  }
  return 'nothing was thrown'
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)

describe('Order and arguments', () => {
  it('runs deferred calls when the body has ended, not before', () => {
    const log: string[] = []
    call((f) => {
      for (const i of numbers(3)) {
        f.defer(() => void log.push(`deferred ${i}`))
        log.push(`turn ${i}`)
      }
      log.push('end')
    })
    expect(log.slice(0, 4)).toEqual(['turn 0', 'turn 1', 'turn 2', 'end'])
    expect(log).toHaveLength(7)
  })

  it('runs them last in first out', () => {
    const count = random.int(2, 8)
    const log: number[] = []
    call((f) => {
      for (const i of numbers(count)) f.defer(() => void log.push(i))
    })
    expect(log).toEqual(numbers(count).reverse())
  })

  it('passes the arguments of the moment of deferring', () => {
    const seen: unknown[][] = []
    call((f) => {
      let n = 1
      f.defer((...args: unknown[]) => void seen.push(args), n, 'x', null, undefined)
      n = 2
      f.defer((...args: unknown[]) => void seen.push(args))
    })
    expect(seen).toEqual([[], [1, 'x', null, undefined]])
  })

  it('keeps the deferred calls of each call apart', () => {
    const log: string[] = []
    call((outer) => {
      outer.defer(() => void log.push('outer'))
      call((inner) => {
        inner.defer(() => void log.push('inner'))
        log.push('inner body')
      })
      log.push('outer body')
    })
    expect(log).toEqual(['inner body', 'inner', 'outer body', 'outer'])
  })

  it('runs next what a deferred call defers', () => {
    const log: string[] = []
    call((f) => {
      f.defer(() => void log.push('first'))
      f.defer(() => {
        f.defer(() => void log.push('nested'))
        log.push('second')
      })
    })
    expect(log).toEqual(['second', 'nested', 'first'])
  })
})

describe('Results', () => {
  it('gives what the body returns', () => {
    const value = random.pick([7, 'text', false, 0, ''])
    expect(call<unknown>(() => value)).toBe(value)
    expect(call<unknown>(() => null)).toBe(null)
    expect(call(() => {})).toBe(undefined)
  })

  it('has set the result before the deferred calls run', () => {
    const seen: unknown[] = []
    call<number>((f) => {
      f.defer(() => void seen.push(f.result))
      seen.push(f.result)
      return 5
    })
    expect(seen).toEqual([undefined, 5])
  })

  it('lets deferred calls change the result, one after another', () => {
    const start = random.int(1, 50)
    const result = call<number>((f) => {
      f.defer(() => {
        f.result = (f.result ?? 0) * 10
      })
      f.defer(() => {
        f.result = (f.result ?? 0) + 1
      })
      return start
    })
    expect(result).toBe((start + 1) * 10)
  })

  it('keeps a result that the body has set without returning one', () => {
    const result = call<string>((f) => {
      f.result = 'named'
    })
    expect(result).toBe('named')
    const returned = call<string>((f) => {
      f.result = 'named'
      return 'returned'
    })
    expect(returned).toBe('returned')
  })

  it('ignores what deferred calls return', () => {
    const result = call<number>((f) => {
      f.defer((() => 99) as () => void)
      return 1
    })
    expect(result).toBe(1)
  })
})

describe('Panics', () => {
  it('throws the very value that was given', () => {
    const error = new Error('boom')
    for (const value of [error, 'text', 7, false, 0]) {
      expect(thrownBy(() => panic(value))).toBe(value)
      expect(thrownBy(() => call(() => panic(value)))).toBe(value)
    }
  })

  it('has no panic without a value', () => {
    expect(thrownBy(() => panic(null))).toBeInstanceOf(TypeError)
    expect(thrownBy(() => call(() => panic(undefined)))).toBeInstanceOf(TypeError)
  })

  it('runs what was deferred so far, and not what would have come later', () => {
    const log: string[] = []
    const failing = () => {
      call((f) => {
        f.defer(() => void log.push('first'))
        f.defer(() => void log.push('second'))
        if (log.length === 0) panic('boom')
        f.defer(() => void log.push('never'))
      })
    }
    expect(thrownBy(failing)).toBe('boom')
    expect([...log].sort()).toEqual(['first', 'second'])
  })

  it('takes any exception for a panic', () => {
    const error = new RangeError('from somewhere')
    const log: string[] = []
    const failing = () => {
      call((f) => {
        f.defer(() => void log.push('cleaned up'))
        throw error
      })
    }
    expect(thrownBy(failing)).toBe(error)
    expect(log).toEqual(['cleaned up'])
  })

  it('travels through all frames, innermost first', () => {
    const log: number[] = []
    const descend = (depth: number): void => {
      call((f) => {
        f.defer(() => void log.push(depth))
        if (depth === 3) panic('deep')
        descend(depth + 1)
        log.push(-depth)
      })
    }
    expect(thrownBy(() => descend(0))).toBe('deep')
    expect(log).toEqual([3, 2, 1, 0])
  })

  it('runs the remaining deferred calls when one of them panics', () => {
    const log: string[] = []
    const failing = () => {
      call((f) => {
        f.defer(() => void log.push('last'))
        f.defer(() => panic('in a deferred call'))
        f.defer(() => void log.push('one'))
      })
    }
    expect(thrownBy(failing)).toBe('in a deferred call')
    expect([...log].sort()).toEqual(['last', 'one'])
  })

  it('lets a newer panic take the place of an older one', () => {
    const newer = new Error('newer')
    const failing = () => {
      call((f) => {
        f.defer(() => panic(newer))
        panic('older')
      })
    }
    expect(thrownBy(failing)).toBe(newer)
  })
})

describe('Recover', () => {
  it('gives the value of the panic and stops it', () => {
    const value = random.pick([new Error('boom'), 'text', 42, false])
    const seen: unknown[] = []
    const run = () => {
      call((f) => {
        f.defer(() => void seen.push(f.recover()))
        panic(value)
      })
    }
    expect(thrownBy(run)).toBe('nothing was thrown')
    expect(seen[0]).toBe(value)
  })

  it('returns the result as it stands after a recovered panic', () => {
    const result = call<string>((f) => {
      f.result = 'so far'
      f.defer(() => void f.recover())
      panic('boom')
    })
    expect(result).toBe('so far')
    const kept = call<number>((f) => {
      f.defer(() => void f.recover())
      f.defer(() => panic('late'))
      return 5
    })
    expect(kept).toBe(5)
  })

  it('runs the remaining deferred calls after it', () => {
    const log: string[] = []
    call((f) => {
      f.defer(() => void log.push('remaining'))
      f.defer(() => void f.recover())
      panic('boom')
    })
    expect(log).toEqual(['remaining'])
  })

  it('gives null where there is no panic', () => {
    const seen: unknown[] = []
    call((f) => {
      seen.push(f.recover())
      f.defer(() => void seen.push(f.recover()))
    })
    expect(seen).toEqual([null, null])
  })

  it('gives null a second time', () => {
    const seen: unknown[] = []
    call((f) => {
      f.defer(() => void seen.push(f.recover()))
      f.defer(() => {
        seen.push(f.recover())
        seen.push(f.recover())
      })
      panic('boom')
    })
    expect(seen).toEqual(['boom', null, null])
  })

  it('does nothing when an inner call asks on behalf of the outer frame', () => {
    const seen: unknown[] = []
    const failing = () => {
      call((outer) => {
        outer.defer(() => {
          call((inner) => {
            inner.defer(() => void seen.push(outer.recover()))
            seen.push(outer.recover())
          })
        })
        panic('boom')
      })
    }
    expect(thrownBy(failing)).toBe('boom')
    expect(seen).toEqual([null, null])
  })

  it('does not reach a panic of another frame', () => {
    const seen: unknown[] = []
    const failing = () => {
      call((outer) => {
        call((inner) => {
          inner.defer(() => void seen.push(outer.recover()))
          panic('inner')
        })
      })
    }
    expect(thrownBy(failing)).toBe('inner')
    expect(seen).toEqual([null])
  })

  it('works again once the inner call is over', () => {
    const seen: unknown[] = []
    call((outer) => {
      outer.defer(() => {
        call((inner) => {
          inner.defer(() => void seen.push(inner.recover()))
          panic('inner')
        })
        seen.push(outer.recover())
      })
      panic('outer')
    })
    expect(seen).toEqual(['inner', 'outer'])
  })

  it('lets a deferred call panic again after it', () => {
    const seen: unknown[] = []
    const failing = () => {
      call((f) => {
        f.defer(() => panic(`again after ${String(f.recover())}`))
        panic('first')
      })
    }
    expect(thrownBy(failing)).toBe('again after first')
    call((f) => {
      f.defer(() => void seen.push(f.recover()))
      f.defer(() => panic(`again after ${String(f.recover())}`))
      panic('first')
    })
    expect(seen).toEqual(['again after first'])
  })
})

describe('Exit', () => {
  it('runs no deferred call of any frame, and cannot be recovered', () => {
    const code = random.int(0, 255)
    const log: unknown[] = []
    const signal = new ExitSignal(code)
    const exiting = () => {
      call((outer) => {
        outer.defer(() => void log.push(outer.recover()))
        call((inner) => {
          inner.defer(() => void log.push(inner.recover()))
          throw signal
        })
      })
    }
    expect(thrownBy(exiting)).toBe(signal)
    expect(signal.code).toBe(code)
    expect(signal).toBeInstanceOf(Error)
    expect(log).toEqual([])
  })

  it('leaves the remaining deferred calls undone when one of them exits', () => {
    const log: string[] = []
    const exiting = () => {
      call((f) => {
        f.defer(() => void log.push('never'))
        f.defer(() => {
          throw new ExitSignal(1)
        })
        panic('boom')
      })
    }
    expect(thrownBy(exiting)).toBeInstanceOf(ExitSignal)
    expect(log).toEqual([])
  })

  it('leaves later calls unharmed', () => {
    const exiting = () => {
      call(() => {
        throw new ExitSignal(1)
      })
    }
    const seen: unknown[] = []
    call((f) => {
      f.defer(() => {
        thrownBy(exiting)
        seen.push(f.recover())
      })
      panic('still caught')
    })
    expect(seen).toEqual(['still caught'])
  })
})
