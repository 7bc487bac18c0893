import { describe, expect, it } from 'vitest'
import { JoinBody } from '@/lib/contract/class'
import { CommentBody } from '@/lib/contract/marking'
import { Moment } from '@/lib/contract/moment'
import { Line, Paragraphs } from '@/lib/contract/text'
import { readHeader } from '@/lib/learn/classes/roster-header'

const NUL = 'a\u0000b'
const HALF = 'a\ud83d'

describe('text that people enter', () => {
  it.each([['NUL', NUL], ['half of a surrogate pair', HALF]])('has no %s, which Postgres does not store', (_, text) => {
    expect(Line.safeParse(text).success).toBe(false)
    expect(Paragraphs.safeParse(text).success).toBe(false)
    expect(JoinBody.safeParse({ code: text }).success).toBe(false)
    expect(CommentBody.safeParse({ submission: crypto.randomUUID(), line: null, body: text }).success).toBe(false)
  })

  it('has no marks on one line that turn what stands around them', () => {
    expect(Line.safeParse('abc\u202edef').success).toBe(false)
  })

  it('has line breaks only in paragraphs, and emoji that are joined', () => {
    expect(Paragraphs.parse('one\r\n\ttwo 👩‍💻 ')).toBe('one\r\n\ttwo 👩‍💻')
    expect(Line.safeParse('one\ntwo').success).toBe(false)
  })
})

describe('a time that somebody chooses', () => {
  it.each(['0000-01-01T00:00:00Z', '1999-12-31T23:59:59Z', '2200-01-01T00:00:00Z', '9999-12-31T00:00:00Z'])('is not %s', (text) => {
    expect(Moment.safeParse(text).success).toBe(false)
  })

  it('is any from 2000 to 2199', () => {
    expect(Moment.safeParse('2000-01-01T00:00:00Z').success).toBe(true)
    expect(Moment.safeParse('2199-12-31T23:59:59.999Z').success).toBe(true)
  })
})

it('a first line of half a million brackets is no header, and found to be none at once', () => {
  expect(readHeader(['('.repeat(500_000)])).toBeNull()
  expect(readHeader(['E-mail (school)', 'Name'])?.parts).toEqual(['email', 'name'])
})
