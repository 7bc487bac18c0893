import { isProblemError } from '@/lib/contract/problem'
import { withDatabase } from './database'

/** Whether the database answers at this moment. */
export async function isDatabaseReachable(): Promise<boolean> {
  try {
    await withDatabase((db) => db.$queryRaw`select 1`)
    return true
  } catch (error) {
    if (isProblemError(error) && error.code === 'service-unavailable') return false
    throw error
  }
}
