import {
  ASYMMETRIC_MATCHERS_OBJECT,
  ChaiStyleAssertions,
  customMatchers,
  JEST_MATCHERS_OBJECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
  type ExpectStatic,
  type RawMatcherFn,
} from '@vitest/expect'
import { guardAssert } from './assert'
import { chai, prototype } from './chai'
import { deepEquality } from './deep-equality'
import { extend, forgetExtensions } from './extend'
import { guardPrototype } from './guard'
import { snapshotSamples } from './snapshot-samples'
import { refuseSnapshots } from './refuse-snapshots'
import { defineSettled } from './settled'
import { customTesters, OWN_TESTERS } from './testers'

/*
 * Chai and Vitest's matchers keep their state on objects of the realm. They are set up once; each run then starts from
 * exactly that state.
 */

let restore: (() => void)[] | null = null

/** Sets up the matchers of the realm, unless that was done before. */
export function installMatchers(): void {
  if (restore !== null) return
  chai.use(JestChaiExpect)
  chai.use(ChaiStyleAssertions)
  chai.use(JestAsymmetricMatchers)
  snapshotSamples()
  refuseSnapshots()
  defineSettled()
  guardAssert()
  guardPrototype()
  extend(chai.expect as unknown as ExpectStatic, customMatchers as Record<string, RawMatcherFn>)
  customTesters().push(...OWN_TESTERS)
  chai.config.deepEqual = deepEquality
  const shared = globalThis as Record<symbol, unknown>
  const { matchers } = shared[JEST_MATCHERS_OBJECT] as { matchers: object }
  const { not } = chai.expect as unknown as { not: object }
  restore = [prototype, matchers, shared[ASYMMETRIC_MATCHERS_OBJECT] as object, chai.expect, not].map(saved)
  forgetExtensions()
}

/** Brings the matchers to their first state: nothing that a test file has added is left. */
export function resetMatchers(): void {
  const testers = customTesters()
  if (testers.length > OWN_TESTERS.length) testers.splice(0, testers.length, ...OWN_TESTERS)
  if (!forgetExtensions()) return
  for (const each of restore ?? []) each()
}

/** Remembers an object's own properties; the answer puts them back and removes what came later. */
function saved(target: object): () => void {
  const before = Object.getOwnPropertyDescriptors(target) as Record<PropertyKey, PropertyDescriptor>
  return () => {
    for (const key of Reflect.ownKeys(target)) {
      if (!Object.hasOwn(before, key)) Reflect.deleteProperty(target, key)
    }
    for (const key of Reflect.ownKeys(before)) {
      const now = Object.getOwnPropertyDescriptor(target, key)
      const then = before[key]
      if (then !== undefined && (now?.value !== then.value || now?.get !== then.get)) {
        Object.defineProperty(target, key, then)
      }
    }
  }
}

