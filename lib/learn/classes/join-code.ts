import { randomInt } from 'node:crypto'

/** Capitals and digits without those that are taken for each other: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V. */
const ALPHABET = '34679ACDEFGHJKMNPQRTWXY'

/** 23 ^ 12 is more than 2 ^ 54: nobody guesses one of them. */
const LENGTH = 12

/** A code by which people join a class, from the system's own source of randomness. */
export function newJoinCode(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

/** A code as it was typed or copied, in the form in which it is stored: without spaces, hyphens and small letters. */
export function normalizeJoinCode(typed: string): string {
  return typed.normalize('NFKC').toUpperCase().replace(/[\s\p{Pd}_]+/gu, '')
}
