import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildIfStale } from '@/lib/service/build'
import { isBuilt, sourceHash } from '@/lib/service/build-stamp'
import { lockDataDir } from '@/lib/service/data-lock'

const ROOT = path.resolve(import.meta.dirname, '../..')
const LOOK_EVERY_MS = 500

/**
 * Makes sure that the production build of the sources as they are is there. Test files run side by side; one of them
 * builds and the others wait for it.
 */
export async function ensureBuilt(): Promise<void> {
  while (!isBuilt(ROOT, sourceHash(ROOT))) {
    const unlock = tryLock()
    if (unlock) await buildIfStale(console.error).finally(unlock)
    else await sleep(LOOK_EVERY_MS)
  }
}

function tryLock(): (() => void) | null {
  try {
    return lockDataDir(path.join(ROOT, '.handroll/test-build'))
  } catch {
    return null
  }
}
