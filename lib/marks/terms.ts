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
  /** Attempts at one exercise that count, from the opening on. */
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

/** More generous terms for one student or section; null leaves what the set says. */
export interface Exception {
  dueAt: Instant | null
  closesAt: Instant | null
  attemptLimit: number | null
  exempt: boolean
}

/** A graded submission. Those that ended as `error` are none, until a regrade has found what they are worth. */
export interface Attempt {
  submissionId: string
  at: Instant
  score: number
  maxScore: number
  /**
   * Which attempt at the exercise since the set's opening it is, from 1. A submission that ended as `error` took none,
   * whatever a regrade has made of it: it has the number of the next one.
   */
  number: number
}
