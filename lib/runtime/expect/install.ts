import {
  ASYMMETRIC_MATCHERS_OBJECT,
  ChaiStyleAssertions,
  JEST_MATCHERS_OBJECT,
  JestAsymmetricMatchers,
  JestChaiExpect,
} from '@vitest/expect'
import { guardAssert } from './assert'
import { chai, prototype } from './chai'
import { foreignEquality } from './foreign-equality'
import { guardPrototype } from './guard'
import { snapshotSamples } from './snapshot-samples'
import { refuseSnapshots } from './refuse-snapshots'
import { defineSettled } from './settled'
import { customTesters } from './testers'

/*
 * Chai and Vitest's matchers keep their state on objects of the realm. They are set up once; each run then starts from
 * exactly that state.
 */

type Saved = () => void

let isInstalled = false
let restore: Saved[] = []

/** Brings the matchers of the realm to their first state: nothing that an earlier test file added is left. */
export function resetMatchers(): void {
  if (isInstalled) {
    for (const each of restore) each()
    return
  }
  isInstalled = true
  chai.use(JestChaiExpect)
  chai.use(ChaiStyleAssertions)
  chai.use(JestAsymmetricMatchers)
  snapshotSamples()
  refuseSnapshots()
  defineSettled()
  guardAssert()
  guardPrototype()
  const testers = customTesters()
  testers.push(foreignEquality)
  const shared = globalThis as Record<symbol, unknown>
  const { matchers } = shared[JEST_MATCHERS_OBJECT] as { matchers: object }
  const { not } = chai.expect as unknown as { not: object }
  restore = [
    ...[prototype, matchers, shared[ASYMMETRIC_MATCHERS_OBJECT] as object, chai.expect, not].map(saved),
    () => testers.splice(0, testers.length, foreignEquality),
  ]
}

/** Remembers an object's own properties; the answer puts them back and removes what came later. */
function saved(target: object): Saved {
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

