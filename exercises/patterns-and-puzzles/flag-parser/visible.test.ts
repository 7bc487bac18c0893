import { describe, expect, it } from 'vitest'
import { FlagError, FlagSet } from './solution'

describe('FlagSet', () => {
  it('has defaults until it parses', () => {
    const flags = new FlagSet('server')
    const port = flags.int('port', 8080, 'port to listen on')
    expect(port.value).toBe(8080)
    flags.parse(['-port', '9000', 'file.txt'])
    expect(port.value).toBe(9000)
    expect(flags.args).toEqual(['file.txt'])
  })

  it('takes one dash or two, a blank or an equals sign', () => {
    for (const args of [['-n', '5'], ['--n', '5'], ['-n=5'], ['--n=5']]) {
      const flags = new FlagSet('test')
      const n = flags.int('n', 0, 'how many')
      flags.parse(args)
      expect(n.value).toBe(5)
    }
  })

  it('does not let a bool flag take the next argument', () => {
    const flags = new FlagSet('test')
    const verbose = flags.bool('v', false, 'say more')
    flags.parse(['-v', 'false'])
    expect(verbose.value).toBe(true)
    expect(flags.args).toEqual(['false'])
  })

  it('reads durations', () => {
    const flags = new FlagSet('test')
    const wait = flags.duration('wait', 0, 'how long')
    flags.parse(['-wait', '1h30m'])
    expect(wait.value).toBe(5_400_000)
  })

  it('refuses flags that it does not know', () => {
    expect(() => new FlagSet('test').parse(['-x'])).toThrow(FlagError)
  })
})
