import { describe, expect, it } from 'vitest'
import { random } from 'handroll'
import { FlagError, FlagSet } from './solution'

/** A set with a flag of each type. */
function flagSet() {
  const flags = new FlagSet('test')
  const s = flags.string('s', 'none', 'a text')
  const n = flags.int('n', 7, 'a number')
  const b = flags.bool('b', false, 'a switch')
  const d = flags.duration('d', 250, 'a time')
  return { flags, s, n, b, d }
}

const codeOf = (...args: string[]) => refusal(() => flagSet().flags.parse(args))

function refusal(fn: () => unknown): string {
  try {
    fn()
  } catch (error) {
    return error instanceof FlagError ? error.code : `no FlagError: ${String(error)}`
  }
  return 'accepted'
}

/** What the string flag and the list of arguments hold after parsing. */
function strings(...args: string[]) {
  const { flags, s } = flagSet()
  flags.parse(args)
  return { value: s.value, args: flags.args }
}

function int(text: string): number {
  const { flags, n } = flagSet()
  flags.parse([`-n=${text}`])
  return n.value
}

function duration(text: string): number {
  const { flags, d } = flagSet()
  flags.parse(['-d', text])
  return d.value
}

const someNumber = () => random.int(10, 1e6)

describe('Forms', () => {
  it('takes one dash like two, and a blank like an equals sign', () => {
    const value = String(someNumber())
    for (const args of [['-s', value], ['--s', value], [`-s=${value}`], [`--s=${value}`]]) {
      expect(strings(...args, 'rest')).toEqual({ value, args: ['rest'] })
    }
    const { flags, b } = flagSet()
    flags.parse(['--b'])
    expect(b.value).toBe(true)
  })

  it('takes names of more than one letter with one dash too', () => {
    const flags = new FlagSet('test')
    const level = flags.string('log-level', '', 'how much')
    flags.parse(['-log-level', 'debug'])
    expect(level.value).toBe('debug')
  })

  it('lets the last of several win', () => {
    expect(strings('-s', 'a', '--s=b', '-s', 'c').value).toBe('c')
    const { flags, b } = flagSet()
    flags.parse(['-b', '-b=false'])
    expect(b.value).toBe(false)
  })

  it('splits at the first equals sign only', () => {
    expect(strings('-s=a=b=').value).toBe('a=b=')
    expect(strings('-s', 'x=y').value).toBe('x=y')
  })

  it('takes an empty value behind an equals sign', () => {
    expect(strings('-s=', 'rest')).toEqual({ value: '', args: ['rest'] })
    expect(strings('-s', '', 'rest')).toEqual({ value: '', args: ['rest'] })
    expect([codeOf('-n='), codeOf('-b='), codeOf('-d=')]).toEqual(['bad-value', 'bad-value', 'bad-value'])
  })

  it('takes the next argument as a value, whatever it looks like', () => {
    const { flags, n } = flagSet()
    flags.parse(['-n', '-5', '-s', '-n', 'rest'])
    expect(n.value).toBe(-5)
    expect(flags.args).toEqual(['rest'])
    expect(strings('-s', '--', '-s', '-')).toEqual({ value: '-', args: [] })
    expect(strings('-s', '--').value).toBe('--')
  })

  it('never gives a bool flag the next argument', () => {
    const { flags, b } = flagSet()
    flags.parse(['-b', 'false', 'x'])
    expect([b.value, flags.args]).toEqual([true, ['false', 'x']])
  })
})

describe('End of the flags', () => {
  it('stops at the first argument that is no flag', () => {
    expect(strings('-s', 'a', 'file', '-s', 'b')).toEqual({ value: 'a', args: ['file', '-s', 'b'] })
    expect(strings('', '-s', 'b')).toEqual({ value: 'none', args: ['', '-s', 'b'] })
  })

  it('stops at a single dash and keeps it', () => {
    expect(strings('-s', 'a', '-', '-s', 'b')).toEqual({ value: 'a', args: ['-', '-s', 'b'] })
  })

  it('stops behind two dashes and drops them', () => {
    expect(strings('-s', 'a', '--', '-s', 'b')).toEqual({ value: 'a', args: ['-s', 'b'] })
    expect(strings('--', '--', 'x')).toEqual({ value: 'none', args: ['--', 'x'] })
  })

  it('leaves nothing if there are only flags', () => {
    expect(strings('-s', 'a')).toEqual({ value: 'a', args: [] })
    expect(strings()).toEqual({ value: 'none', args: [] })
    expect(flagSet().flags.args).toEqual([])
  })
})

describe('Values', () => {
  it('reads integers with or without a sign', () => {
    const n = someNumber()
    expect([int(`${n}`), int(`-${n}`), int(`+${n}`), int('007')]).toEqual([n, -n, n, 7])
    expect(int('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER)
  })

  it('refuses what is no integer, as a whole', () => {
    for (const bad of ['12a', 'a12', '1.5', '1e3', '0x10', '', ' 1', '1 ', '--1', '-', 'NaN', '9007199254740992']) {
      expect(codeOf(`-n=${bad}`)).toBe('bad-value')
    }
    expect(codeOf('-n', 'many')).toBe('bad-value')
  })

  it('reads every spelling of true and false', () => {
    const read = (text: string) => {
      const { flags, b } = flagSet()
      flags.parse(['-b', `-b=${text}`])
      return b.value
    }
    expect(['1', 't', 'T', 'true', 'TRUE', 'True'].map(read)).toEqual(Array(6).fill(true))
    expect(['0', 'f', 'F', 'false', 'FALSE', 'False'].map(read)).toEqual(Array(6).fill(false))
    for (const bad of ['yes', 'tRUE', '2', ' true']) expect(codeOf(`-b=${bad}`)).toBe('bad-value')
  })

  it('reads durations of one or more parts', () => {
    const [h, m, s, ms] = [random.int(1, 50), random.int(0, 90), random.int(0, 90), random.int(0, 2000)]
    expect(duration(`${h}h${m}m${s}s${ms}ms`)).toBe(h * 3_600_000 + m * 60_000 + s * 1000 + ms)
    expect([duration('250ms'), duration('90s'), duration('3m')]).toEqual([250, 90_000, 180_000])
    expect([duration('1.5h'), duration('0.25s'), duration('10m1.5s')]).toEqual([5_400_000, 250, 601_500])
    expect([duration('1s1s'), duration('5ms2h'), duration('0'), duration('0s')]).toEqual([2000, 7_200_005, 0, 0])
  })

  it('reads the sign of a duration, which counts for all of it', () => {
    expect([duration('-2s'), duration('+2s'), duration('-1h30m')]).toEqual([-2000, 2000, -5_400_000])
  })

  it('refuses what is no duration', () => {
    for (const bad of ['5', '1h30', 'h', '', '1x', '1 h', '1.s', '.5s', '1h-5m', '--1s', 's1', '1S', '-', '1us']) {
      expect(codeOf(`-d=${bad}`)).toBe('bad-value')
    }
  })

  it('keeps what it had when a value is refused', () => {
    const { flags, s, n } = flagSet()
    expect(() => flags.parse(['-s', 'a', '-n', 'x', '-s', 'b'])).toThrow(FlagError)
    expect([s.value, n.value]).toEqual(['a', 7])
    expect([flags.isSet('s'), flags.isSet('n')]).toEqual([true, false])
  })
})

describe('Definitions', () => {
  it('refuses flags that were not defined', () => {
    for (const bad of ['-x', '--x', '-x=1', '-nn', '---n', '-=1', '--=', '-constructor', '-__proto__=1']) {
      expect(codeOf(bad)).toBe('unknown')
    }
  })

  it('wants a value for every flag but bool', () => {
    for (const name of ['-s', '--n', '-d']) expect(codeOf('-b', name)).toBe('missing-value')
    expect(codeOf('-b')).toBe('accepted')
  })

  it('refuses to define a name twice, of whatever type', () => {
    const { flags, n } = flagSet()
    const attempts = [
      () => flags.string('n', '', ''),
      () => flags.int('n', 0, ''),
      () => flags.bool('n', true, ''),
      () => flags.duration('n', 0, ''),
    ]
    for (const attempt of attempts) expect(refusal(attempt)).toBe('redefined')
    flags.parse(['-n', '9'])
    expect(n.value).toBe(9)
  })

  it('has the defaults until it parses', () => {
    const { s, n, b, d } = flagSet()
    expect([s.value, n.value, b.value, d.value]).toEqual(['none', 7, false, 250])
  })

  it('tells the flags that were given from the others', () => {
    const { flags } = flagSet()
    expect(flags.isSet('n')).toBe(false)
    flags.parse(['-n', '7', '-b=false', 'x', '-s', 'y'])
    expect(['n', 'b', 's', 'd', 'other'].map((name) => flags.isSet(name))).toEqual([true, true, false, false, false])
  })

  it('can parse again', () => {
    const { flags, s, n } = flagSet()
    flags.parse(['-s', 'a', 'x'])
    flags.parse(['-n', '1'])
    expect([s.value, n.value, flags.args]).toEqual(['a', 1, []])
    expect([flags.isSet('s'), flags.isSet('n')]).toEqual([true, true])
  })

  it('lists flags by name with type, text and default', () => {
    const flags = new FlagSet('server')
    flags.string('host', 'local "host"', 'address')
    flags.bool('v', false, 'say more')
    flags.duration('Timeout', 1500, 'patience')
    flags.int('port', 8080, 'where')
    const lines = ['Usage of server:', '  -Timeout duration', '    patience (default 1500ms)', '  -host string']
    lines.push('    address (default "local \\"host\\"")', '  -port int', '    where (default 8080)', '  -v')
    lines.push('    say more (default false)')
    expect(flags.usage()).toBe(lines.join('\n'))
    expect(new FlagSet('x').usage()).toBe('Usage of x:')
  })

  it('lists defaults, not what was given', () => {
    const { flags } = flagSet()
    const before = flags.usage()
    flags.parse(['-n', '99', '-b', '-s', 'x'])
    expect(flags.usage()).toBe(before)
    const start = ['  -b', '    a switch (default false)', '  -d duration', '    a time (default 250ms)']
    expect(before.split('\n').slice(1, 5)).toEqual(start)
  })
})
