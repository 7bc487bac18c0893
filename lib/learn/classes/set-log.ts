import { z } from 'zod'
import type { Viewer } from '@/lib/contract/account'
import type { SetLogEntry } from '@/lib/contract/problem-set'
import { listAudit } from '@/lib/db/audit'
import { enterClass } from './enter-class'
import { getSetRow } from './sets'

/** Most lines that are shown. */
const MAX_LOG = 100

/** Who changed what of a set and of its exceptions, latest first. For staff. */
export function listSetLog(
  viewer: Pick<Viewer, 'id' | 'role'>, classId: string, setId: string,
): Promise<SetLogEntry[]> {
  return enterClass(viewer, classId, 'sets.view-drafts', async (db) => {
    const { id } = await getSetRow(db, classId, setId)
    return (await listAudit(db, id, MAX_LOG)).map(({ at, actor, action, detail }) => {
      const fields = z.record(z.string(), z.unknown()).parse(detail)
      return { at: at.toISOString(), actor: actor?.name ?? null, action, detail: fields }
    })
  })
}
