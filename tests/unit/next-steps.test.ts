import { describe, expect, it } from 'vitest'
import { nextSteps, type Learner, type SetTask } from '@/lib/learn/next-steps'
import { topic } from './support/topics'

const topics = [
  topic('one', 1, [['a', 'hard', 60], ['b', 'easy', 30], ['e', 'medium', 30]]),
  topic('two', 2, [['c', 'easy', 20], ['d', 'medium', 45]]),
  topic('three', 3, [['f', 'medium', 45]]),
]
const NOW = Date.parse('2026-06-01T12:00Z')
const DAY = 86_400_000
const ago = (days: number) => new Date(NOW - days * DAY)

/** The history of somebody who submitted these, the latest first, a day apart. */
function history(...states: `${string} ${'passed' | 'tried'}`[]): Learner['history'] {
  return states.map((state, index) => {
    const [exercise = '', is] = state.split(' ')
    const passedAt = is === 'passed' ? ago(index + 1) : null
    return { exercise, firstPassedAt: passedAt, lastPassedAt: passedAt, attemptsBefore: 1, lastSubmittedAt: ago(index + 1) }
  })
}

function task(exercise: string, dueIn: number, closesIn = dueIn): SetTask {
  const later = (days: number) => new Date(NOW + days * DAY).toISOString()
  return { exercise, set: { id: 's', title: 'Week 1', classId: 'k' }, dueAt: later(dueIn), closesAt: later(closesIn) }
}

const next = (past: Learner['history'], tasks: SetTask[] = [], blocked: string[] = []) => {
  const steps = nextSteps(topics, { history: past, tasks, blocked: new Set(blocked) }, NOW)
  return steps.map(({ exercise, reason }) => `${reason.kind} ${exercise.slug}`)
}

describe('what comes next', () => {
  it('begins with the shortest of the easiest', () => expect(next([])).toEqual(['first c']))
  it('is the exercise that was tried', () => expect(next(history('a tried'))).toEqual(['tried a']))
  it('is the one after the last pass', () => expect(next(history('b passed'))).toEqual(['topic e']))
  it('comes round to what was left out of a topic', () => expect(next(history('e passed', 'b passed'))).toEqual(['topic a']))
  it('has a step for each topic that was begun, the latest first', () => {
    expect(next(history('c passed', 'a passed'))).toEqual(['topic d', 'topic b'])
  })
  it('prefers what was tried to what is next in its topic', () => {
    expect(next(history('b passed', 'a tried'))).toEqual(['tried a'])
  })
  it('moves to a new topic only when those that were begun are done', () => {
    expect(next(history('d passed', 'c passed'))).toEqual(['new-topic a'])
  })
  it('goes on in a topic without what cannot be submitted', () => {
    expect(next(history('a tried'), [], ['a'])).toEqual(['topic b'])
    expect(next(history('a passed'), [], ['b'])).toEqual(['topic e'])
    expect(next(history('c tried', 'd passed'), [], ['c'])).toEqual(['new-topic a'])
    expect(next(history('c tried', 'd passed'), [], ['a', 'c'])).toEqual(['new-topic b'])
  })
  it('is nothing when all is passed', () => {
    expect(next(history('f passed', 'e passed', 'd passed', 'c passed', 'b passed', 'a passed'))).toEqual([])
  })
  it('forgets exercises that are no longer offered', () => expect(next(history('gone tried'))).toEqual(['first c']))
  it('copes with an empty catalogue', () => expect(nextSteps([], { history: [], tasks: [], blocked: new Set() }, NOW)).toEqual([]))
})

describe('what sets ask for', () => {
  it('comes before all else, and what is due first comes first', () => {
    expect(next(history('b passed'), [task('d', 5), task('c', 2)])).toEqual(['set c', 'set d', 'topic e'])
  })
  it('that is late already comes after what is not, and says so', () => {
    const steps = nextSteps(topics, { history: [], tasks: [task('c', -1, 1), task('d', 5)], blocked: new Set() }, NOW)
    expect(steps.map(({ exercise }) => exercise.slug)).toEqual(['d', 'c'])
    expect(steps[1]?.reason).toMatchObject({ kind: 'set', late: true })
  })
  it('is told once, for the set that asks first', () => {
    expect(next([], [task('c', 5), task('c', 2)])).toEqual(['set c'])
  })
  it('and is next in a topic as well stands there once', () => {
    expect(next(history('b passed'), [task('e', 2)])).toEqual(['set e'])
  })
})

describe('a review', () => {
  const solved = (exercise: string, days: number, attemptsBefore: number): Learner['history'][number] => {
    return { exercise, firstPassedAt: ago(days), lastPassedAt: ago(days), attemptsBefore, lastSubmittedAt: ago(days) }
  }
  const reviews = (...past: Learner['history']) => next(past).filter((step) => step.startsWith('review'))

  it('is of what took three graded submissions and was left alone for thirty days', () => {
    expect(reviews(solved('a', 30, 2))).toEqual(['review a'])
    expect(reviews(solved('a', 29.9, 2))).toEqual([])
    expect(reviews(solved('a', 30, 1))).toEqual([])
  })
  it('is put off by another submission', () => {
    expect(reviews({ ...solved('a', 90, 5), lastSubmittedAt: ago(3) })).toEqual([])
  })
  it('begins with what was left alone the longest', () => {
    expect(reviews(solved('b', 40, 4), solved('a', 80, 2))).toEqual(['review a', 'review b'])
  })
  it('is not of what cannot be submitted', () => {
    expect(next([solved('a', 80, 2)], [], ['a'])).toEqual(['topic b'])
  })
  it('comes last', () => expect(next([solved('a', 80, 2)])).toEqual(['topic b', 'review a']))
})
