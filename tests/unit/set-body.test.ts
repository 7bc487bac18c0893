import { describe, expect, it } from 'vitest'
import { SetBody } from '@/lib/contract/problem-set'
import { at, setBody } from '@/tests/db/support/course'

const rulesOf = (body: unknown) => SetBody.safeParse(body).error?.issues.map((issue) => {
  return issue.code === 'custom' ? issue.params?.rule : issue.code
})

describe('the body of a set', () => {
  it('is taken when it opens, is due and closes at the same moment', () => {
    const moment = at(0)
    expect(rulesOf(setBody({ opensAt: moment, dueAt: moment, closesAt: moment }))).toBeUndefined()
  })

  it('is refused when its dates are out of order by a millisecond', () => {
    const dueAt = '2026-03-01T10:00:00.000Z'
    const before = '2026-03-01T09:59:59.999Z'
    expect(rulesOf(setBody({ opensAt: dueAt, dueAt: before, closesAt: dueAt }))).toEqual(['due-before-opening'])
    expect(rulesOf(setBody({ opensAt: before, dueAt, closesAt: before }))).toEqual(['closes-before-due'])
  })

  it('is refused when an exercise comes twice', () => {
    const item = { exercise: 'lru-cache', points: 1, kind: 'required' as const }
    expect(rulesOf(setBody({ items: [item, item] }))).toEqual(['twice'])
  })

  it('lets students pick from one to all of the exercises to choose from', () => {
    const items = ['a', 'b'].map((exercise) => ({ exercise, points: 1, kind: 'choice' as const }))
    const picked = (pickCount: number) => rulesOf(setBody({ items, pickCount }))
    expect([0, 1, 2, 3].map(picked)).toEqual([['pick-out-of-range'], undefined, undefined, ['pick-out-of-range']])
    expect(rulesOf(setBody({ pickCount: 1 }))).toEqual(['pick-out-of-range'])
  })

  it('is refused with characters that the database cannot hold', () => {
    expect(rulesOf(setBody({ title: 'a\0b' }))).toEqual(['invalid_format'])
    expect(rulesOf(setBody({ intro: 'a\0b' }))).toEqual(['invalid_format'])
    expect(rulesOf(setBody({ intro: 'One.\n\n\tTwo.' }))).toBeUndefined()
  })
})
