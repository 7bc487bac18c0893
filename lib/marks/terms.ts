import type { LatePolicy } from '@/lib/contract/late-policy'

/** Milliseconds since 1970 in UTC, as everywhere in this folder. */
export type Instant = number

/** Hundredths of a point, a whole number: marks add up to the cent. */
export type Mark = number

export type ItemKind = 'required' | 'optional' | 'choice'

export interface Item {
  id: string
  exercise: string
  /** Whole points for full score on time. */
  points: number
  kind: ItemKind
}

/** What applies to one student in one set, exceptions included. */
export interface Terms {
  opensAt: Instant
  dueAt: Instant
  closesAt: Instant
  latePolicy: LatePolicy
  /** Of the class; late days are counted there. */
  timeZone: string
  /** Graded submissions of one exercise that count, from the opening on. */
  attemptLimit: number | null
  /** The set is no part of the student's total. */
  exempt: boolean
}

/** One problem set, as far as marks are concerned. */
export interface MarkedSet {
  id: string
  opensAt: Instant
  dueAt: Instant
  closesAt: Instant
  latePolicy: LatePolicy
  attemptLimit: number | null
  pickCount: number
  items: readonly Item[]
}

/** Other terms for one student or section; null leaves what the set says. */
export interface Exception {
  dueAt: Instant | null
  closesAt: Instant | null
  attemptLimit: number | null
  exempt: boolean
}

/** A graded submission. Those that ended as `error` are none. */
export interface Attempt {
  submissionId: string
  at: Instant
  score: number
  maxScore: number
  /** Which graded submission of the exercise since the set's opening it is, from 1. */
  number: number
}
