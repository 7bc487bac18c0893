import { setTimeout as sleep } from 'node:timers/promises'
import { listPlaces } from '@/lib/db/turns'
import { withDatabase } from './database'

/** After each reading the database is left alone for so many times as long as that took. */
const REST = 4

let next: Promise<ReadonlyMap<string, number>> | undefined
let free: Promise<unknown> = Promise.resolve()

/**
 * How many submissions that wait come before this one; null for one that does not wait. The whole queue is read at
 * once for all who ask meanwhile, so that thousands who watch their place cost no more than one.
 * @returns what was true after the call
 */
export async function placeInQueue(submissionId: string): Promise<number | null> {
  next ??= free.then(() => {
    next = undefined
    const began = performance.now()
    const places = withDatabase(listPlaces)
    const rest = (): Promise<void> => sleep(REST * (performance.now() - began), undefined, { ref: false })
    free = places.then(rest, rest)
    return places
  })
  return (await next).get(submissionId) ?? null
}
