import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffLines, linesOf, partsOf, type DiffLine } from '@/app/_marking/line-diff'

const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })

/** What the comparison says each side was. */
function sidesOf(lines: DiffLine[], before: string[], after: string[]) {
  return {
    before: lines.flatMap((line) => 'before' in line ? [before[line.before - 1]] : []),
    after: lines.flatMap((line) => 'after' in line ? [after[line.after - 1]] : []),
  }
}

describe('a comparison of two sources', () => {
  it('tells both of them whole, and calls same only what is', () => {
    fc.assert(fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after)
      expect(sidesOf(lines, before, after)).toEqual({ before, after })
      for (const line of lines) if (line.kind === 'same') expect(before[line.before - 1]).toBe(after[line.after - 1])
    }))
  })

  it('names one line that was put between as the only change', () => {
    expect(diffLines(['a', 'b'], ['a', 'x', 'b']).filter(({ kind }) => kind !== 'same')).toEqual([{ kind: 'added', after: 2 }])
  })

  it('does not compare pair by pair what is too long for that', () => {
    const lines = (word: string) => ['first', ...Array.from({ length: 20_000 }, (_, index) => `${word} ${index}`), 'last']
    const kinds = diffLines(lines('a'), lines('b')).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'same')).toHaveLength(2)
    expect(kinds).toHaveLength(40_002)
  })
})

describe('the parts that are shown', () => {
  const numbered = (length: number) => Array.from({ length }, (_, index) => `line ${index + 1}`)

  it('hold three lines around a change and say how many are left out', () => {
    const before = numbered(30)
    const after = before.with(14, 'changed')
    const { parts, skippedAfter } = partsOf(diffLines(before, after))
    expect(parts).toHaveLength(1)
    expect(parts[0]?.skipped).toBe(11)
    expect(parts[0]?.lines).toHaveLength(8)
    expect(skippedAfter).toBe(12)
  })

  it('run into each other where changes are near', () => {
    const before = numbered(30)
    const { parts } = partsOf(diffLines(before, before.with(9, 'x').with(14, 'y')))
    expect(parts).toHaveLength(1)
  })

  it('are none without a change', () => {
    expect(partsOf(diffLines(['a'], ['a']))).toEqual({ parts: [], skippedAfter: 1 })
  })
})

it('a line break at the end begins no line, whatever the line breaks are', () => {
  expect(linesOf('a\r\nb\n')).toEqual(['a', 'b'])
  expect(linesOf('')).toEqual([''])
})
