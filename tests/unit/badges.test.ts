import { describe, expect, it } from 'vitest'
import { badgesOf, topicBadgesOf, type Pass } from '@/lib/learn/badges'
import { topic } from './support/topics'

const topics = [
  topic('one', 1, [['a', 'easy', 10], ['b', 'hard', 60]]),
  topic('two', 2, [['c', 'expert', 90]]),
]

const on = (day: number) => new Date(Date.UTC(2026, 0, day))
const pass = (exercise: string, day: number, attemptsBefore = 1): Pass => ({ exercise, passedAt: on(day), attemptsBefore })
const kinds = (...passes: Pass[]) => badgesOf(topics, passes).map(({ kind }) => kind)

describe('badges', () => {
  it('are none for nobody', () => expect(badgesOf(topics, [])).toEqual([]))

  it('begin with the earliest pass, whatever the order', () => {
    expect(badgesOf(topics, [pass('b', 9), pass('a', 3)])[0]).toEqual({
      kind: 'first-pass', earnedAt: on(3).toISOString(), exercise: 'a', times: null,
    })
  })

  it('of the first go want a hard exercise, and no graded submission before', () => {
    expect(kinds(pass('a', 1, 0))).toEqual(['first-pass'])
    expect(kinds(pass('b', 1, 1))).toEqual(['first-pass'])
    expect(kinds(pass('b', 1, 0))).toEqual(['first-pass', 'first-try'])
  })

  it('count how often a rule was fulfilled, and are dated by the first time', () => {
    const found = badgesOf(topics, [pass('c', 8, 0), pass('b', 5, 0)]).find(({ kind }) => kind === 'first-try')
    expect(found).toEqual({ kind: 'first-try', earnedAt: on(5).toISOString(), exercise: 'b', times: 2 })
  })

  it('of persistence want five graded submissions that did not pass', () => {
    expect(kinds(pass('a', 1, 4))).toEqual(['first-pass'])
    expect(kinds(pass('a', 1, 5))).toEqual(['first-pass', 'persistence'])
  })

  it('of all topics are dated by the last topic that was begun', () => {
    const found = badgesOf(topics, [pass('a', 2), pass('c', 7)])
    expect(found.find(({ kind }) => kind === 'every-topic')?.earnedAt).toBe(on(7).toISOString())
    expect(found.find(({ kind }) => kind === 'everything')).toBeUndefined()
  })

  it('of everything want every exercise', () => {
    expect(kinds(pass('a', 2), pass('b', 3), pass('c', 7))).toEqual(['first-pass', 'expert', 'every-topic', 'everything'])
  })

  it('are not given by an empty catalogue', () => expect(badgesOf([], [])).toEqual([]))
})

describe('a topic', () => {
  it('is complete with its last exercise, and not before', () => {
    const [begun] = topicBadgesOf(topics, [pass('b', 3)])
    expect(begun).toEqual({ topic: 'one', passed: ['b'], total: 2, firstPassAt: on(3).toISOString(), completeAt: null })
    const [complete, other] = topicBadgesOf(topics, [pass('b', 3), pass('a', 6)])
    expect(complete).toMatchObject({ passed: ['a', 'b'], firstPassAt: on(3).toISOString(), completeAt: on(6).toISOString() })
    expect(other).toEqual({ topic: 'two', passed: [], total: 1, firstPassAt: null, completeAt: null })
  })

  it('without exercises is never complete', () => {
    expect(topicBadgesOf([topic('empty', 1, [])], [])).toMatchObject([{ total: 0, completeAt: null }])
  })
})
