/*
 * Marks are computed whenever somebody asks, from verdicts, times of submission and the terms of the sets: changing
 * terms changes marks at once. Everything in this folder is exact and pure; nothing of it is ever stored.
 */

export { markCell, type CellMark } from './cell'
export { creditAt, type Credit } from './credit'
export { maxOf, toMark } from './set-total'
export { markStudent, type SetMarks, type StudentCell, type StudentInput, type StudentMarks } from './student'
export { grantsNothing, isExcepted, termsOf } from './terms-of'
