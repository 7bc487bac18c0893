import { describe, expect, it } from 'vitest'
import { nextStep } from '@/app/_home/next-step'
import type { ExerciseSummary, TopicSummary } from '@/lib/contract/catalogue'
import type { ProgressView } from '@/lib/contract/submission'

function topic(slug: string, order: number, exercises: [string, ExerciseSummary['difficulty'], number][]): TopicSummary {
  const title = { en: slug, zh: slug }
  return {
    slug,
    order,
    title,
    summary: title,
    exercises: exercises.map(([name, difficulty, minutes], index) => {
      return { slug: name, topic: slug, order: index + 1, title, difficulty, minutes, points: 10, tags: ['x'] }
    }),
  }
}

const topics = [
  topic('one', 1, [['a', 'hard', 60], ['b', 'easy', 30]]),
  topic('two', 2, [['c', 'easy', 20], ['d', 'medium', 45]]),
]

function progress(states: Record<string, ProgressView['state']>): ReadonlyMap<string, ProgressView> {
  const entries = Object.entries(states).map(([exercise, state]): [string, ProgressView] => {
    return [exercise, { exercise, state, bestScore: 0, maxScore: 10, attempts: 1, firstPassedAt: null }]
  })
  return new Map(entries)
}

const step = (states: Record<string, ProgressView['state']>, latest: string | null) => {
  const found = nextStep(topics, progress(states), latest)
  return found && `${found.reason} ${found.exercise.slug}`
}

describe('where a learner goes on', () => {
  it('begins with the shortest of the easiest', () => expect(step({}, null)).toBe('first c'))
  it('goes on with the exercise that was tried last', () => expect(step({ a: 'tried' }, 'a')).toBe('tried a'))
  it('after a pass takes the next one of the topic', () => expect(step({ a: 'passed' }, 'a')).toBe('next b'))
  it('skips what is passed already', () => expect(step({ b: 'passed', c: 'passed' }, 'b')).toBe('next a'))
  it('moves to the next topic when one is done', () => {
    expect(step({ a: 'passed', b: 'passed' }, 'b')).toBe('next c')
  })
  it('comes round to what was left behind', () => {
    expect(step({ b: 'passed', c: 'passed', d: 'passed' }, 'd')).toBe('next a')
  })
  it('does not offer a passed exercise as the first', () => expect(step({ c: 'passed' }, null)).toBe('next a'))
  it('has nothing to offer when all is passed', () => {
    expect(step({ a: 'passed', b: 'passed', c: 'passed', d: 'passed' }, 'd')).toBeNull()
  })
  it('forgets an exercise that is no longer offered', () => expect(step({}, 'gone')).toBe('first c'))
  it('copes with an empty catalogue', () => expect(nextStep([], new Map(), null)).toBeNull())
})
