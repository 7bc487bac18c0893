import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { decodeInt, encodeInt, type HeaderField, HpackDecoder, HpackEncoder, HpackError } from './solution'

type Solution = typeof import('./solution')
type Pair = [name: string, value: string]

/** The static table, in its order; a value follows its name after a blank. */
const STATIC: Pair[] = `:authority|:method GET|:method POST|:path /|:path /index.html|:scheme http|:scheme https
:status 200|:status 204|:status 206|:status 304|:status 400|:status 404|:status 500|accept-charset
accept-encoding gzip, deflate|accept-language|accept-ranges|accept|access-control-allow-origin|age|allow
authorization|cache-control|content-disposition|content-encoding|content-language|content-length
content-location|content-range|content-type|cookie|date|etag|expect|expires|from|host|if-match
if-modified-since|if-none-match|if-range|if-unmodified-since|last-modified|link|location|max-forwards
proxy-authenticate|proxy-authorization|range|referer|refresh|retry-after|server|set-cookie
strict-transport-security|transfer-encoding|user-agent|vary|via|www-authenticate`
  .split(/[|\n]/)
  .map((line) => [line.split(' ')[0] ?? '', line.split(' ').slice(1).join(' ')])

const hex = (bytes: Iterable<number>) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
const bytesOf = (text: string) => Uint8Array.from(text.match(/\w\w/g) ?? [], (two) => parseInt(two, 16))
const ascii = (text: string) => Array.from(text, (char) => char.charCodeAt(0))

/** An integer with a prefix, as the bytes that the prompt describes. */
function intOf(value: number, prefix: number, flags = 0): number[] {
  const max = 2 ** prefix - 1
  if (value < max) return [flags + value]
  return [flags + max, ...groupsOf(value - max)]
}

function groupsOf(rest: number): number[] {
  return rest < 128 ? [rest] : [(rest % 128) + 128, ...groupsOf(Math.floor(rest / 128))]
}

const textOf = (text: string, flags = 0) => [...intOf(text.length, 7, flags), ...ascii(text)]
const costOf = ([name, value]: Pair) => name.length + value.length + 32

/** Both ends of a connection in one: the bytes that an encoder writes, and the table after them. */
class Model {
  entries: Pair[] = []
  size = 0
  max: number

  constructor(max: number) {
    this.max = max
  }

  shrink(room: number): void {
    while (this.size > room) {
      const oldest = this.entries.pop()
      if (oldest === undefined) return
      this.size -= costOf(oldest)
    }
  }

  indexOf(fits: (entry: Pair) => boolean): number {
    const found = STATIC.findIndex(fits)
    if (found >= 0) return found + 1
    const recent = this.entries.findIndex(fits)
    return recent < 0 ? 0 : recent + 62
  }

  literal([name, value]: Pair, prefix: number, flags: number): number[] {
    const index = this.indexOf((entry) => entry[0] === name)
    return [...intOf(index, prefix, flags), ...(index > 0 ? [] : textOf(name)), ...textOf(value)]
  }

  field(name: string, value: string, sensitive = false): number[] {
    const index = this.indexOf((entry) => entry[0] === name && entry[1] === value)
    if (sensitive) return this.literal([name, value], 4, 0x10)
    if (index > 0) return intOf(index, 7, 0x80)
    if (costOf([name, value]) > this.max) return this.literal([name, value], 4, 0)
    return this.remember([name, value])
  }

  /** A literal with indexing, whatever its size. */
  remember(entry: Pair): number[] {
    const bytes = this.literal(entry, 6, 0x40)
    this.shrink(this.max - costOf(entry))
    if (costOf(entry) > this.max) return bytes
    this.entries.unshift(entry)
    this.size += costOf(entry)
    return bytes
  }

  encode(headers: readonly HeaderField[]): string {
    return hex(headers.flatMap(([name, value, opts]) => this.field(name, value, opts?.sensitive)))
  }

  resize(max: number): number[] {
    this.max = max
    this.shrink(max)
    return intOf(max, 5, 0x20)
  }
}

const someWord = (length = random.int(1, 12)) => {
  return String.fromCharCode(...Array.from({ length }, () => random.int(97, 122)))
}

/** A few fields, some in the static table, some seen before, some new. */
function someFields(seen: Pair[]): HeaderField[] {
  return Array.from({ length: random.int(0, 5) }, (): HeaderField => {
    const kind = random.int(0, 5)
    if (kind === 0) return random.pick(STATIC)
    if (kind === 1) return ['cookie', someWord(), { sensitive: true }]
    if (kind <= 3 && seen.length > 0) return random.pick(seen)
    const [name] = random.pick([random.pick(STATIC), random.pick(STATIC), ...seen.slice(-2), [someWord()]])
    const field: Pair = [name ?? '', someWord(random.int(0, 40))]
    seen.push(field)
    return field
  })
}

function refusal(fn: () => unknown): string {
  try {
    fn()
  } catch (error) {
    if (error instanceof HpackError) return 'HpackError'
    return error instanceof RangeError ? 'RangeError' : String(error)
  }
  return 'nothing was thrown'
}

const refused = (block: string) => refusal(() => new HpackDecoder().decode(bytesOf(block)))

describe('Integers', () => {
  it('puts a small number into the prefix', () => {
    const small = [[10, 5, '0a'], [30, 5, '1e'], [42, 8, '2a'], [0, 1, '00'], [126, 7, '7e']] as const
    for (const [value, prefix, bytes] of small) {
      expect(hex(encodeInt(value, prefix))).toBe(bytes)
    }
  })

  it('goes on behind the prefix from the number that fills it', () => {
    const full = [[31, 5, '1f00'], [1, 1, '0100'], [255, 8, 'ff00'], [15, 4, '0f00']] as const
    for (const [value, prefix, bytes] of full) {
      expect(hex(encodeInt(value, prefix))).toBe(bytes)
    }
  })

  it('writes groups of seven bits, the lowest first', () => {
    expect(hex(encodeInt(1337, 5))).toBe('1f9a0a')
    const edges = [127, 128, 128 ** 2 - 1, 128 ** 2].map((rest) => rest + 31)
    for (const value of [...edges, random.int(200, 1e5), random.int(1e6, 2 ** 31 - 1), 2 ** 31 - 1]) {
      expect(hex(encodeInt(value, 5))).toBe(hex(intOf(value, 5)))
    }
  })

  it('keeps the bits above the prefix', () => {
    expect(hex(encodeInt(5, 6, 0x40))).toBe('45')
    expect(hex(encodeInt(62, 7, 0x80))).toBe('be')
    expect(hex(encodeInt(130, 7, 0x80))).toBe('ff03')
    expect(decodeInt(Uint8Array.of(0xea), 0, 5).value).toBe(10)
  })

  it('reads a number in the midst of others', () => {
    for (const value of [0, 1, 127, 300, random.int(1000, 1e6), 2 ** 31 - 1]) {
      const prefix = random.int(1, 8)
      const bytes = [0xff, 0xff, ...intOf(value, prefix), 0xff]
      expect(decodeInt(Uint8Array.from(bytes), 2, prefix)).toEqual({ value, next: bytes.length - 1 })
    }
  })

  it('refuses what is larger than 31 bits', () => {
    for (const value of [2 ** 31, 2 ** 32 + 5, 2 ** 34]) {
      expect(refusal(() => decodeInt(Uint8Array.from(intOf(value, 5)), 0, 5))).toBe('HpackError')
    }
  })

  it('allows five further bytes, and no more', () => {
    expect(decodeInt(bytesOf('1f 80 80 80 80 00'), 0, 5)).toEqual({ value: 31, next: 6 })
    expect(refusal(() => decodeInt(bytesOf('1f 80 80 80 80 80 00'), 0, 5))).toBe('HpackError')
  })

  it('refuses bytes that end too early', () => {
    for (const block of ['', '1f', '1f 80', '1f ff ff']) {
      expect(refusal(() => decodeInt(bytesOf(block), 0, 5))).toBe('HpackError')
    }
  })

  it('refuses arguments out of range', () => {
    for (const value of [-1, 1.5, 2 ** 31, Number.NaN]) expect(refusal(() => encodeInt(value, 5))).toBe('RangeError')
    for (const prefix of [0, 9, 2.5]) {
      expect(refusal(() => encodeInt(1, prefix))).toBe('RangeError')
      expect(refusal(() => decodeInt(Uint8Array.of(1), 0, prefix))).toBe('RangeError')
    }
  })
})

describe('Decoding', () => {
  it('knows all fields of the static table', () => {
    const block = Uint8Array.from(STATIC, (_, i) => 0x81 + i)
    expect(new HpackDecoder().decode(block)).toEqual(STATIC)
  })

  it('reads literals that are not to be remembered', () => {
    const decoder = new HpackDecoder()
    const [name, value, path] = [someWord(), someWord(), someWord()]
    const block = [0x00, ...textOf(name), ...textOf(value), 0x10, ...textOf(name), ...textOf(value)]
    expect(decoder.decode(Uint8Array.from(block))).toEqual([[name, value], [name, value]])
    const named = [0x04, ...textOf(path), 0x1f, 0x2e, ...textOf(value), 0x0f, 0x00, ...textOf('')]
    const fields = [[':path', path], ['www-authenticate', value], ['accept-charset', '']]
    expect(decoder.decode(Uint8Array.from(named))).toEqual(fields)
    expect(decoder.dynamic).toEqual([])
    expect(decoder.tableSize).toBe(0)
  })

  it('takes each byte of a text for one character', () => {
    const block = bytesOf('00 02 c3 a4 03 00 ff 80')
    expect(new HpackDecoder().decode(block)).toEqual([['\u00c3\u00a4', '\u0000\u00ff\u0080']])
  })

  it('reads long texts', () => {
    const [name, value] = [someWord(127), someWord(random.int(128, 400))]
    const block = Uint8Array.from([0x00, ...textOf(name), ...textOf(value)])
    expect(new HpackDecoder().decode(block)).toEqual([[name, value]])
  })

  it('hands Huffman-coded text, and only that, to its decoder', () => {
    const key = random.int(1, 127)
    const blocks = [
      [0x00, ...textOf('ab'), ...textOf('cd', 0x80), 0x40, ...textOf('ef', 0x80), ...textOf('gh')],
      [0xbe, 0x00, ...textOf('', 0x80), ...textOf('x'.repeat(200), 0x80)],
    ].map(hex)
    const driver = (solution: Solution, parts: readonly string[], mask: number) => {
      const given: string[] = []
      const decoder = new solution.HpackDecoder(4096, (coded) => {
        given.push(String.fromCharCode(...coded))
        return coded.map((byte) => byte ^ mask)
      })
      const unhex = (part: string) => Uint8Array.from(part.match(/../g) ?? [], (two) => parseInt(two, 16))
      return { fields: parts.map((part) => decoder.decode(unhex(part))), given }
    }
    const open = (text: string) => Array.from(text, (char) => String.fromCharCode(char.charCodeAt(0) ^ key)).join('')
    expect(inGuest(driver, blocks, key)).toEqual({
      fields: [[['ab', open('cd')], [open('ef'), 'gh']], [[open('ef'), 'gh'], ['', open('x'.repeat(200))]]],
      given: ['cd', 'ef', '', 'x'.repeat(200)],
    })
  })

  it('hands no part of a Huffman-coded text to its decoder', () => {
    const driver = (solution: Solution, block: readonly number[]) => {
      let calls = 0
      const decoder = new solution.HpackDecoder(4096, (coded) => {
        calls++
        return coded
      })
      try {
        decoder.decode(Uint8Array.from(block))
      } catch (error) {
        return { isRefused: error instanceof solution.HpackError, calls }
      }
      return { isRefused: false, calls }
    }
    expect(inGuest(driver, [0x00, 0x83, 0x61, 0x62])).toEqual({ isRefused: true, calls: 0 })
  })

  it('refuses Huffman-coded text without a decoder for it', () => {
    expect(refused('00 01 61 81 62')).toBe('HpackError')
    expect(refused('40 81 61 01 62')).toBe('HpackError')
  })

  it('refuses indexes that nothing has', () => {
    for (const block of ['80', 'be', 'ff 00', '7e 01 61', '0f 2f 01 61']) expect(refused(block)).toBe('HpackError')
    expect(refused('40 01 61 01 62 bf')).toBe('HpackError')
    expect(new HpackDecoder().decode(bytesOf('40 01 61 01 62 be'))).toHaveLength(2)
  })

  it('refuses the index 0, whatever follows', () => {
    expect(refused('80 01 61 01 62')).toBe('HpackError')
  })

  it('refuses a block that ends too early', () => {
    const block = [0x40, ...textOf('abc'), ...textOf('de')]
    for (let cut = 1; cut < block.length; cut++) {
      expect(refusal(() => new HpackDecoder().decode(Uint8Array.from(block.slice(0, cut))))).toBe('HpackError')
    }
    expect(new HpackDecoder().decode(new Uint8Array(0))).toEqual([])
  })

  it('allows a new size only at the start of a block', () => {
    const decoder = new HpackDecoder()
    expect(decoder.decode(bytesOf('20 3f e1 1f 82 84'))).toEqual([[':method', 'GET'], [':path', '/']])
    expect(decoder.decode(bytesOf('3e'))).toEqual([])
    expect(refused('82 20')).toBe('HpackError')
    expect(refused('3f 00 10 01 61 01 62 20')).toBe('HpackError')
  })

  it('refuses a size above its limit', () => {
    expect(refused(hex(intOf(4097, 5, 0x20)))).toBe('HpackError')
    const small = () => new HpackDecoder(100)
    expect(small().decode(Uint8Array.from(intOf(100, 5, 0x20)))).toEqual([])
    expect(refusal(() => small().decode(Uint8Array.from(intOf(101, 5, 0x20))))).toBe('HpackError')
    const shrunk = small()
    expect(shrunk.decode(bytesOf('20'))).toEqual([])
    expect(shrunk.decode(Uint8Array.from(intOf(100, 5, 0x20)))).toEqual([])
  })

  it('reads nothing more after an error', () => {
    const decoder = new HpackDecoder()
    expect(refusal(() => decoder.decode(bytesOf('82 80')))).toBe('HpackError')
    expect(refusal(() => decoder.decode(bytesOf('82')))).toBe('HpackError')
  })
})

describe('Dynamic table', () => {
  it('follows the three requests of the standard', () => {
    const decoder = new HpackDecoder()
    const start: Pair[] = [[':method', 'GET'], [':scheme', 'http'], [':path', '/'], [':authority', 'www.example.com']]
    expect(decoder.decode(bytesOf(`828684410f${hex(ascii('www.example.com'))}`))).toEqual(start)
    expect([decoder.dynamic, decoder.tableSize]).toEqual([[[':authority', 'www.example.com']], 57])
    expect(decoder.decode(bytesOf('828684be58086e6f2d6361636865'))).toEqual([...start, ['cache-control', 'no-cache']])
    expect([decoder.dynamic.map(([name]) => name), decoder.tableSize]).toEqual([['cache-control', ':authority'], 110])
    const third = decoder.decode(bytesOf('828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565'))
    const custom: Pair = ['custom-key', 'custom-value']
    expect(third.slice(1)).toEqual([[':scheme', 'https'], [':path', '/index.html'], start[3], custom])
    expect([decoder.dynamic, decoder.tableSize]).toEqual([[custom, ['cache-control', 'no-cache'], start[3]], 164])
  })

  it('counts from the newest entry', () => {
    const values = Array.from({ length: 5 }, () => someWord())
    const block = values.flatMap((value) => [0x44, ...textOf(value)])
    const decoder = new HpackDecoder()
    expect(decoder.decode(Uint8Array.from([...block, 0xbe, 0xc2, 0xc0, 0x7e, ...textOf('y')])).slice(5)).toEqual([
      [':path', values[4]],
      [':path', values[0]],
      [':path', values[2]],
      [':path', 'y'],
    ])
  })

  it('keeps what fits exactly, and then drops the oldest', () => {
    const decoder = new HpackDecoder(3 * 35)
    const add = (name: string) => decoder.decode(Uint8Array.from([0x40, ...textOf(name), ...textOf('yz')]))
    for (const name of ['a', 'b', 'c']) add(name)
    expect([decoder.dynamic.map(([name]) => name), decoder.tableSize]).toEqual([['c', 'b', 'a'], 105])
    add('d')
    expect([decoder.dynamic.map(([name]) => name), decoder.tableSize]).toEqual([['d', 'c', 'b'], 105])
    add('longer')
    expect([decoder.dynamic.map(([name]) => name), decoder.tableSize]).toEqual([['longer', 'd'], 75])
  })

  it('is emptied by an entry that is larger than all of it', () => {
    const decoder = new HpackDecoder(80)
    decoder.decode(Uint8Array.from([0x40, ...textOf('a'), ...textOf('b'), 0x40, ...textOf('c'), ...textOf('d')]))
    const fits: Pair = ['e', 'x'.repeat(47)]
    const large: Pair = ['f', 'x'.repeat(48)]
    expect(decoder.decode(Uint8Array.from([0x40, ...textOf(fits[0]), ...textOf(fits[1])]))).toEqual([fits])
    expect([decoder.dynamic, decoder.tableSize]).toEqual([[fits], 80])
    expect(decoder.decode(Uint8Array.from([0x40, ...textOf(large[0]), ...textOf(large[1])]))).toEqual([large])
    expect([decoder.dynamic, decoder.tableSize]).toEqual([[], 0])
  })

  it('lets an entry use the name of one that it drops', () => {
    const decoder = new HpackDecoder(60)
    const name = someWord(8)
    decoder.decode(Uint8Array.from([0x40, ...textOf(name), ...textOf('one')]))
    expect(decoder.decode(Uint8Array.from([0x7e, ...textOf('two')]))).toEqual([[name, 'two']])
    expect(decoder.dynamic).toEqual([[name, 'two']])
  })

  it('shrinks at once when it gets a smaller size', () => {
    const decoder = new HpackDecoder()
    decoder.decode(Uint8Array.from(['a', 'b', 'c'].flatMap((name) => [0x40, ...textOf(name), ...textOf('')])))
    decoder.decode(Uint8Array.from(intOf(66, 5, 0x20)))
    expect([decoder.dynamic.map(([name]) => name), decoder.tableSize]).toEqual([['c', 'b'], 66])
    decoder.decode(Uint8Array.from([0x20, ...intOf(70, 5, 0x20), 0x40, ...textOf('d'), ...textOf('')]))
    expect([decoder.dynamic.map(([name]) => name), decoder.tableSize]).toEqual([['d'], 33])
    decoder.decode(Uint8Array.from([0x40, ...textOf('e'), ...textOf(''), 0x40, ...textOf('f'), ...textOf('')]))
    expect(decoder.dynamic.map(([name]) => name)).toEqual(['f', 'e'])
  })

  it('stays in step over many blocks', () => {
    const model = new Model(400)
    const seen: Pair[] = []
    const expected: Array<{ fields: Pair[]; dynamic: Pair[]; size: number }> = []
    const blocks = Array.from({ length: 60 }, () => {
      const start = random.int(0, 6) === 0 ? model.resize(random.int(0, 400)) : []
      const fields = someFields(seen)
      const block = fields.flatMap(([name, value]) => {
        return random.int(0, 3) === 0 ? model.remember([name, value]) : model.field(name, value, random.int(0, 5) === 0)
      })
      const pairs = fields.map(([name, value]): Pair => [name, value])
      expected.push({ fields: pairs, dynamic: [...model.entries], size: model.size })
      return hex([...start, ...block])
    })
    // One entry that fits, and then one that is larger than the table.
    const last: Pair[] = [['small', 'v'], ['large', 'v'.repeat(50)]]
    blocks.push(hex([...model.resize(60), ...last.flatMap((field) => model.remember(field))]))
    expected.push({ fields: last, dynamic: [], size: 0 })
    const driver = (solution: Solution, parts: string) => {
      const decoder = new solution.HpackDecoder(400)
      return JSON.stringify(
        parts.split(',').map((part) => {
          const fields = decoder.decode(Uint8Array.from(part.match(/../g) ?? [], (two) => parseInt(two, 16)))
          return { fields, dynamic: decoder.dynamic, size: decoder.tableSize }
        }),
      )
    }
    expect(JSON.parse(inGuest(driver, blocks.join()))).toEqual(expected)
  })
})

/** What an encoder writes for some blocks, as text; a number instead of a block is a new size of the table. */
function encodeAll(max: number, steps: ReadonlyArray<number | readonly HeaderField[]>): string[] {
  const driver = (solution: Solution, limit: number, todo: string) => {
    const encoder = new solution.HpackEncoder(limit)
    const blocks: string[] = []
    for (const step of JSON.parse(todo) as Array<number | HeaderField[]>) {
      if (typeof step === 'number') encoder.setMaxTableSize(step)
      else blocks.push(Array.from(encoder.encode(step), (byte) => byte.toString(16).padStart(2, '0')).join(''))
    }
    return blocks.join()
  }
  // As text, since thousands of small arrays would be slow to ship.
  return inGuest(driver, max, JSON.stringify(steps)).split(',')
}

describe('Encoding', () => {
  it('writes the requests of the standard', () => {
    const host: HeaderField = [':authority', 'www.example.com']
    const start: HeaderField[] = [[':method', 'GET'], [':scheme', 'http'], [':path', '/'], host]
    const last: HeaderField[] = [[':method', 'GET'], [':scheme', 'https'], [':path', '/index.html'], host]
    const blocks = [start, [...start, ['cache-control', 'no-cache']], [...last, ['custom-key', 'custom-value']]]
    expect(encodeAll(4096, blocks as HeaderField[][])).toEqual([
      `828684410f${hex(ascii('www.example.com'))}`,
      '828684be58086e6f2d6361636865',
      '828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565',
    ])
  })

  it('writes a sensitive field as one that must never be remembered', () => {
    const encoder = new HpackEncoder()
    const secret = someWord()
    const block = [0x1f, 0x08, ...textOf(secret), 0x10, ...textOf('x-key'), ...textOf(secret)]
    const sensitive = { sensitive: true }
    const fields: HeaderField[] = [['authorization', secret, sensitive], ['x-key', secret, sensitive]]
    for (let i = 0; i < 2; i++) expect(hex(encoder.encode(fields))).toBe(hex(block))
    const plain: HeaderField[] = [['authorization', secret, { sensitive: false }]]
    expect(hex(encoder.encode(plain))).toBe(hex([0x57, ...textOf(secret)]))
  })

  it('does not name a sensitive field by its index, even if it is in a table', () => {
    const encoder = new HpackEncoder()
    encoder.encode([['x-key', 'v']])
    const block = encoder.encode([['x-key', 'v', { sensitive: true }], [':method', 'GET', { sensitive: true }]])
    expect(hex(block)).toBe(hex([0x1f, 0x2f, ...textOf('v'), 0x12, ...textOf('GET')]))
  })

  it('takes the lowest index of a field, and of a name', () => {
    const first: HeaderField[] = [[':path', '/a'], ['x', '1'], ['x', '2']]
    const second: HeaderField[] = [['x', '3'], [':path', '/b'], ['x', '1']]
    expect(encodeAll(4096, [first, second])[1]).toBe(hex([0x7e, ...textOf('3'), 0x44, ...textOf('/b'), 0xc1]))
  })

  it('does not let a field that is too large empty the table', () => {
    const encoder = new HpackEncoder(100)
    const [fits, large] = ['x'.repeat(67), 'x'.repeat(68)]
    expect(hex(encoder.encode([['a', large]]))).toBe(hex([0x00, ...textOf('a'), ...textOf(large)]))
    expect(hex(encoder.encode([['a', fits]]))).toBe(hex([0x40, ...textOf('a'), ...textOf(fits)]))
    expect(hex(encoder.encode([['a', large], ['a', fits]]))).toBe(hex([0x0f, 0x2f, ...textOf(large), 0xbe]))
  })

  it('announces a new size at the start of the next block, once', () => {
    const size = random.int(40, 300)
    const blocks = encodeAll(4096, [[['a', 'b']], size, [['a', 'b']], [['a', 'b']], 4096, []])
    expect(blocks).toEqual(['4001610162', `${hex(intOf(size, 5, 0x20))}be`, 'be', '3fe11f'])
  })

  it('forgets what does not fit the new size', () => {
    const ab: HeaderField = ['a', 'b']
    const cd: HeaderField = ['c', 'd']
    expect(encodeAll(100, [[ab, cd], 34, [cd, ab, ab]])[1]).toBe('3f03be4001610162be')
    expect(encodeAll(100, [[ab], 0, [ab], 33, [ab]]).slice(1)).toEqual(['200001610162', '3f020001610162'])
  })

  it('announces the smallest size too if the last one is larger', () => {
    expect(encodeAll(200, [[['a', 'b']], 70, 0, 50, 34, [['a', 'b']]])[1]).toBe('203f034001610162')
    expect(encodeAll(200, [100, 34, []])).toEqual(['3f03'])
    expect(encodeAll(200, [40, 20, 20, [], 30, []])).toEqual(['34', '3e'])
  })

  it('refuses sizes above its limit', () => {
    const encoder = new HpackEncoder(100)
    for (const size of [101, -1, 1.5]) expect(refusal(() => encoder.setMaxTableSize(size))).toBe('RangeError')
    encoder.setMaxTableSize(100)
    expect(hex(encoder.encode([]))).toBe(hex(intOf(100, 5, 0x20)))
    expect(refusal(() => new HpackEncoder().setMaxTableSize(4097))).toBe('RangeError')
  })

  it('writes characters as bytes, and refuses others without any change', () => {
    const encoder = new HpackEncoder()
    encoder.setMaxTableSize(70)
    for (const bad of [['\u0100', 'v'], ['n', 'v\u20ac']] as const) {
      expect(refusal(() => encoder.encode([['ok', 'v'], bad]))).toBe('RangeError')
    }
    expect(hex(encoder.encode([['ok', '\u00ff']]))).toBe(hex([...intOf(70, 5, 0x20), 0x40, ...textOf('ok'), 1, 0xff]))
  })

  it('stays in step over 200 blocks', () => {
    const model = new Model(600)
    const seen: Pair[] = []
    const steps: Array<number | HeaderField[]> = []
    const expected: string[] = []
    for (let i = 0; i < 200; i++) {
      const size = i === 199 ? 600 : random.int(0, 20) === 0 ? random.int(0, 600) : null
      if (size !== null) steps.push(size)
      const start = size === null ? [] : model.resize(size)
      // At the end the name of the entry before the newest, whose index fills its prefix.
      const fields: HeaderField[] = i === 199 ? [['x-a', '1'], ['x-b', '1'], ['x-a', '2']] : someFields(seen)
      steps.push(fields)
      expected.push(hex(start) + model.encode(fields))
    }
    expect(encodeAll(600, steps)).toEqual(expected)
  })
})
