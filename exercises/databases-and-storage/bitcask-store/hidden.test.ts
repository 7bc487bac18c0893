import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { Bitcask, type Files } from './solution'

/**
 * Something to do with a store, or with its folder behind its back. `cut` takes bytes off the end of the file that was
 * appended to last, `damage` changes the byte so far from its end, `replace` changes bytes in all files.
 */
type Step =
  | readonly ['open', maxFileBytes?: number]
  | readonly ['put', key: string, value: string]
  | readonly ['get' | 'delete', key: string]
  | readonly ['contents' | 'merge' | 'folder']
  | readonly ['cut' | 'damage', bytes: number]
  | readonly ['replace', text: string, by: string]
  | readonly ['holds', text: string]

interface Folder {
  live: number
  total: number
  /** Size of each file. */
  files: Record<string, number>
  /** The file that was appended to last. */
  last: string
  /** Calls of `read` so far, and the bytes that they returned. */
  reads: number
  bytesRead: number
}

/** Takes these steps beside the solution. Script and results travel as one text each, which is cheap. */
function drive(solution: typeof import('./solution'), script: string): string {
  const disk = new Map<string, number[]>()
  let last = ''
  let reads = 0
  let bytesRead = 0
  const bytesOf = (file: string): number[] => {
    const bytes = disk.get(file)
    if (!bytes) throw new Error(`${file} does not exist`)
    return bytes
  }
  const files: Files = {
    append(file, data) {
      const bytes = disk.get(file) ?? []
      const offset = bytes.length
      for (const byte of data) bytes.push(byte)
      disk.set(file, bytes)
      last = file
      return offset
    },
    read(file, offset, length) {
      const part = bytesOf(file).slice(offset, offset + length)
      reads++
      bytesRead += part.length
      return Uint8Array.from(part)
    },
    size: (file) => bytesOf(file).length,
    // In no order that means anything.
    list: () => [...disk.keys()].sort((a, b) => a.length - b.length || (a < b ? 1 : -1)).reverse(),
    remove(file) {
      if (!disk.delete(file)) throw new Error(`${file} does not exist`)
    },
  }
  const asText = (bytes: readonly number[]): string => bytes.map((byte) => String.fromCharCode(byte)).join('')
  let store = solution.Bitcask.open(files, { maxFileBytes: 200 })
  const act = (step: Step): unknown => {
    if (step[0] === 'put') return store.put(step[1], step[2])
    if (step[0] === 'get') return store.get(step[1])
    if (step[0] === 'delete') return store.delete(step[1])
    if (step[0] === 'merge') return store.merge()
    if (step[0] === 'contents') return store.keys().sort().map((key) => [key, store.get(key)])
    if (step[0] === 'holds') return [...disk.values()].some((bytes) => asText(bytes).includes(step[1]))
    if (step[0] === 'open') {
      store = solution.Bitcask.open(files, { maxFileBytes: step[1] ?? 200 })
      return null
    }
    if (step[0] === 'cut') return void bytesOf(last).splice(bytesOf(last).length - step[1])
    if (step[0] === 'damage') {
      const bytes = bytesOf(last)
      const at = bytes.length - step[1]
      bytes[at] = (bytes[at] ?? 0) ^ 0x20
      return null
    }
    if (step[0] === 'replace') {
      for (const [name, bytes] of disk) {
        const at = asText(bytes).indexOf(step[1])
        if (at !== -1) disk.set(name, bytes.map((byte, i) => step[2].charCodeAt(i - at) || byte))
      }
      return null
    }
    const sizes = Object.fromEntries([...disk].map(([name, bytes]) => [name, bytes.length]))
    return { live: store.liveBytes, total: store.totalBytes, files: sizes, last, reads, bytesRead }
  }
  return JSON.stringify((JSON.parse(script) as Step[]).map((step) => act(step) ?? null))
}

/** The results of these steps on an empty folder with files of 200 bytes; null where there is none. */
const play = (steps: readonly Step[]): unknown[] => JSON.parse(inGuest(drive, JSON.stringify(steps))) as unknown[]
/** The result of the last step. */
const last = (steps: readonly Step[]): unknown => play(steps).at(-1)

const CONTENTS: Step = ['contents']
const FOLDER: Step = ['folder']
const MERGE: Step = ['merge']
const OPEN: Step = ['open']

/** What `contents` should tell of a map. */
const listed = (model: ReadonlyMap<string, string>) => [...model].sort(([a], [b]) => (a < b ? -1 : 1))
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)

/** A folder in memory, beside the test. */
function memoryFiles(): Files {
  const files = new Map<string, number[]>()
  return {
    append(file, data) {
      const bytes = files.get(file) ?? []
      files.set(file, [...bytes, ...data])
      return bytes.length
    },
    read: (file, offset, length) => Uint8Array.from(files.get(file) ?? []).slice(offset, offset + length),
    size: (file) => files.get(file)?.length ?? 0,
    list: () => [...files.keys()],
    remove: (file) => void files.delete(file),
  }
}

describe('Reading and writing', () => {
  it('reads a value from its file, with one read at most', () => {
    const steps: Step[] = [
      ['put', 'a', 'xxxx-marker-xxxx'],
      ['put', 'b', 'other'],
      ['replace', 'marker', 'poster'],
      FOLDER,
      ['get', 'a'],
      FOLDER,
      ['get', 'missing'],
      FOLDER,
    ]
    const seen = play(steps)
    const reads = [3, 5, 7].map((at) => (seen[at] as Folder).reads)
    expect([seen[4], seen[6]]).toEqual(['xxxx-poster-xxxx', null])
    expect(reads.map((made) => made - (reads[0] ?? 0))).toEqual([0, 1, 1])
  })

  it('appends to one file at a time, and begins another when one is full', () => {
    const values = Array.from({ length: 30 }, () => 'v'.repeat(random.int(0, 40)))
    const puts = values.flatMap((value, i): Step[] => [['put', `key${i % 7}`, value], FOLDER])
    const folders = play([['open', 100], ...puts]).slice(1).filter((_, i) => i % 2 === 1) as Folder[]
    let closed = new Set<string>()
    let before: Record<string, number> = {}
    for (const { files, last: active } of folders) {
      const changed = Object.keys(files).filter((name) => files[name] !== before[name])
      expect(changed).toEqual([active])
      expect(closed.has(active)).toBe(false)
      expect(files[active]).toBeLessThanOrEqual(100)
      closed = new Set(Object.keys(files).filter((name) => name !== active))
      before = files
    }
    expect(closed.size).toBeGreaterThan(5)
  })

  it('fills a file up to its last byte', () => {
    const puts = ['a', 'b', 'c'].map((key): Step => ['put', key, 'value'])
    const { total } = last([...puts.slice(0, 1), FOLDER]) as Folder
    const files = [1, 2, 3].map((count) => last([['open', 2 * total], ...puts.slice(0, count), FOLDER]) as Folder)
    expect(files.map((folder) => Object.keys(folder.files).length)).toEqual([1, 1, 2])
  })

  it('gives a record that is larger than a file one of its own', () => {
    const puts: Step[] = [['put', 'small', '1'], ['put', 'large', 'x'.repeat(500)], ['put', 'next', '2']]
    const seen = play([['open', 100], ...puts, FOLDER, CONTENTS, OPEN, CONTENTS]).slice(4)
    const expected = [['large', 'x'.repeat(500)], ['next', '2'], ['small', '1']]
    expect(Object.keys((seen[0] as Folder).files).length).toBe(3)
    expect([seen[1], seen[3]]).toEqual([expected, expected])
  })

  it('keeps keys and values of every kind', () => {
    const entries: Array<[string, string]> = [
      ['', 'empty key'],
      ['k', ''],
      ['a\0b', '\0'],
      ['ключ', '值🙂'],
      ['\n', '{"x":1}\r\n'],
      ['\ufeff', '\ufeffx'],
    ]
    const puts = entries.map(([key, value]): Step => ['put', key, value])
    const seen = play([...puts, CONTENTS, OPEN, CONTENTS, MERGE, OPEN, CONTENTS]).slice(entries.length)
    const expected = listed(new Map(entries))
    expect([seen[0], seen[2], seen[5]]).toEqual([expected, expected, expected])
  })

  it('tells live and total bytes', () => {
    const steps: Step[] = [
      ['put', 'a', 'one'],
      FOLDER,
      ['put', 'a', 'two'],
      ['put', 'b', 'six'],
      FOLDER,
      ['delete', 'a'],
      FOLDER,
      OPEN,
      FOLDER,
    ]
    const seen = play(steps)
    const [first, second, third, opened] = [1, 4, 6, 8].map((at) => seen[at] as Folder)
    const one = sum(Object.values(first?.files ?? {}))
    expect([first?.live, first?.total, second?.live, second?.total]).toEqual([one, one, 2 * one, 3 * one])
    expect([third?.live, third?.total]).toEqual([one, sum(Object.values(third?.files ?? {}))])
    expect([opened?.live, opened?.total]).toEqual([one, third?.total])
  })

  it('writes nothing when it deletes what is not there', () => {
    const seen = play([['delete', 'a'], FOLDER, ['put', 'a', '1'], ['delete', 'a'], FOLDER, ['delete', 'a'], FOLDER])
    expect([seen[0], seen[3], seen[5]]).toEqual([false, true, false])
    expect([(seen[1] as Folder).files, (seen[6] as Folder).total]).toEqual([{}, (seen[4] as Folder).total])
  })

  it('needs room in a file', () => {
    for (const maxFileBytes of [0, -1, 1.5]) {
      expect(() => Bitcask.open(memoryFiles(), { maxFileBytes })).toThrow(RangeError)
    }
    const store = Bitcask.open(memoryFiles(), { maxFileBytes: 1 })
    store.put('a', 'one')
    store.put('b', 'two')
    expect([store.get('a'), store.get('b')]).toEqual(['one', 'two'])
  })
})

describe('Opening', () => {
  it('finds the latest value of every key, over many files', () => {
    const model = new Map<string, string>()
    const puts = Array.from({ length: 60 }, (_, i): Step => {
      const [key, value] = [`k${random.int(0, 5)}`, `value ${i}`]
      model.set(key, value)
      return ['put', key, value]
    })
    const [folder, , contents] = play([['open', 64], ...puts, FOLDER, ['open', 64], CONTENTS]).slice(-3)
    expect(Object.keys((folder as Folder).files).length).toBeGreaterThan(12)
    expect(contents).toEqual(listed(model))
  })

  it('leaves deleted keys deleted', () => {
    const puts = ['a', 'b', 'c'].map((key): Step => ['put', key, 'value'])
    const steps: Step[] = [['open', 64], ...puts, ['delete', 'b'], ['delete', 'c'], ['put', 'c', 'again'], OPEN]
    expect(last([...steps, CONTENTS])).toEqual([['a', 'value'], ['c', 'again']])
    // The shortest record there is: nothing but a mark, at the very end of its file.
    expect(last([['open', 64], ['put', '', ''], ['delete', ''], OPEN, CONTENTS])).toEqual([])
  })

  it('ignores a last record that is cut off, wherever', () => {
    const begin: Step[] = [['open', 10_000], ['put', 'a', 'first']]
    const torn: Step = ['put', 'a', 'second, and longer']
    const [from, to] = [last([...begin, FOLDER]), last([...begin, torn, FOLDER])].map((each) => (each as Folder).total)
    const length = (to ?? 0) - (from ?? 0)
    for (const cut of [length, length - 1, length - 5, Math.floor(length / 2), 1]) {
      expect(last([...begin, torn, ['cut', cut], OPEN, CONTENTS])).toEqual([['a', 'first']])
    }
  })

  it('ignores a last record whose bytes have changed', () => {
    const steps: Step[] = [['open', 10_000], ['put', 'a', 'first'], ['put', 'a', 'second']]
    // In the value, in the key, and before both.
    for (const back of [1, 4, 6, 7, 8]) {
      expect(last([...steps, ['damage', back], OPEN, CONTENTS])).toEqual([['a', 'first']])
    }
  })

  it('keeps what is written after a torn record', () => {
    const steps: Step[] = [['open', 10_000], ['put', 'a', 'first'], ['put', 'b', 'second'], ['cut', 3]]
    const more: Step[] = [['open', 10_000], ['put', 'c', 'third'], ['open', 10_000], CONTENTS]
    expect(last([...steps, ...more])).toEqual([['a', 'first'], ['c', 'third']])
  })

  it('agrees with a Map through openings and merges', () => {
    const model = new Map<string, string>()
    const steps: Step[] = []
    const expected: unknown[] = []
    const step = (made: Step, result: unknown = null) => {
      steps.push(made)
      expected.push(result)
    }
    for (let i = 0; i < 600; i++) {
      const key = `k${random.int(0, 19)}`
      const action = random.int(0, 99)
      // Many files first, so that their order counts.
      if (i === 100) step(['open', 100])
      else if (action < 55 || i < 60) {
        step(['put', key, `value ${i}`])
        model.set(key, `value ${i}`)
      } else if (action < 75) step(['delete', key], model.delete(key))
      else if (action < 95) step(['get', key], model.get(key) ?? null)
      else if (action < 98 || i < 100) {
        step(['open', 100])
        step(CONTENTS, listed(model))
      } else step(MERGE)
    }
    const seen = play([['open', 100], ...steps, CONTENTS])
    const results = seen.slice(1, -1).map((result, i) => (steps[i]?.[0] === 'merge' ? null : result))
    expect(results).toEqual(expected)
    expect(seen.at(-1)).toEqual(listed(model))
  })
})

/** Many versions of few keys, two of them deleted. */
const WORN: Step[] = [
  ...Array.from({ length: 40 }, (_, i): Step => ['put', `k${i % 8}`, `value ${i}`]),
  ['delete', 'k1'],
  ['delete', 'k5'],
]
const wornModel = () => new Map([0, 2, 3, 4, 6, 7].map((i) => [`k${i}`, `value ${32 + i}`]))

describe('Merging', () => {
  it('keeps the present values and drops everything else', () => {
    const [before, merged, after, contents] = play([...WORN, FOLDER, MERGE, FOLDER, CONTENTS]).slice(-4)
    const { live, total } = after as Folder
    expect(merged).toEqual({ bytesBefore: (before as Folder).total, bytesAfter: total })
    expect([total, live, contents]).toEqual([live, (before as Folder).live, listed(wornModel())])
  })

  it('does not bring deleted keys back', () => {
    const steps: Step[] = [...WORN, MERGE, OPEN, CONTENTS, ['holds', 'k5'], ['holds', 'k6']]
    expect(play(steps).slice(-3)).toEqual([listed(wornModel()), false, true])
  })

  it('removes the files that it has merged', () => {
    const [before, , after, , again] = play([...WORN, FOLDER, MERGE, FOLDER, MERGE, FOLDER]).slice(-5) as Folder[]
    const gone = [...Object.keys(before?.files ?? {}), ...Object.keys(after?.files ?? {})]
    expect(gone.filter((name) => name in (again?.files ?? {}))).toEqual([])
    expect(Object.keys(before?.files ?? {}).filter((name) => name in (after?.files ?? {}))).toEqual([])
  })

  it('keeps merged files within their size', () => {
    const puts = Array.from({ length: 6 }, (_, i): Step => ['put', `k${i}`, 'x'.repeat(1_000)])
    const { files } = last([['open', 2_500], ...puts, ['open', 1_500], MERGE, FOLDER]) as Folder
    const large = Object.values(files).filter((size) => size >= 1_000)
    expect([large.length, Math.max(...large) <= 1_500]).toEqual([6, true])
  })

  it('writes hints, so that opening does not read the values', () => {
    const puts = Array.from({ length: 8 }, (_, i): Step => ['put', `k${i}`, 'x'.repeat(1_000)])
    const steps: Step[] = [['open', 3_000], ...puts, MERGE, FOLDER, ['open', 3_000], FOLDER, ['get', 'k7'], CONTENTS]
    const [before, , after, value, contents] = play(steps).slice(-5)
    expect((after as Folder).bytesRead - (before as Folder).bytesRead).toBeLessThan(1_000)
    expect([value, (contents as unknown[]).length]).toEqual(['x'.repeat(1_000), 8])
    expect((after as Folder).live).toBe((before as Folder).live)
  })

  it('keeps what is written afterwards, against the hints', () => {
    const steps: Step[] = [...WORN, MERGE, ['put', 'k2', 'after'], ['delete', 'k3'], ['put', 'k5', 'reborn']]
    const model = wornModel().set('k2', 'after').set('k5', 'reborn')
    model.delete('k3')
    const [contents, , opened] = play([...steps, CONTENTS, OPEN, CONTENTS]).slice(-3)
    expect([contents, opened]).toEqual([listed(model), listed(model)])
  })

  it('can be done again, and on an empty store', () => {
    const model = wornModel().set('k2', 'between')
    const steps: Step[] = [...WORN, MERGE, ['put', 'k2', 'between'], MERGE, FOLDER, MERGE, CONTENTS, OPEN, CONTENTS]
    const [folder, , contents, , opened] = play(steps).slice(-5)
    expect((folder as Folder).total).toBe((folder as Folder).live)
    expect([contents, opened]).toEqual([listed(model), listed(model)])
    expect(last([MERGE])).toEqual({ bytesBefore: 0, bytesAfter: 0 })
  })

  it('leaves no data when every key was deleted', () => {
    const seen = play([['put', 'a', '1'], ['delete', 'a'], MERGE, FOLDER, OPEN, CONTENTS])
    expect([(seen[3] as Folder).total, seen[5]]).toEqual([0, []])
  })

  it('ignores a record that is cut off in a merged file, whatever the hints say', () => {
    const files = memoryFiles()
    const store = Bitcask.open(files, { maxFileBytes: 10_000 })
    const keys = ['a', 'b', 'c']
    for (const key of keys) store.put(key, `value of ${key}`)
    store.merge()
    const bytesOf = (name: string) => files.read(name, 0, files.size(name))
    const textOf = (name: string) => String.fromCharCode(...bytesOf(name))
    const data = files.list().find((name) => textOf(name).includes('value of a')) ?? ''
    const torn = memoryFiles()
    for (const name of files.list()) torn.append(name, bytesOf(name).slice(0, name === data ? -1 : undefined))
    const place = (key: string) => textOf(data).indexOf(`value of ${key}`)
    const left = [...keys].sort((x, y) => place(x) - place(y)).slice(0, 2).sort()
    const again = Bitcask.open(torn, { maxFileBytes: 10_000 })
    expect([...again.keys()].sort()).toEqual(left)
    expect(left.map((key) => again.get(key))).toEqual(left.map((key) => `value of ${key}`))
  })
})
