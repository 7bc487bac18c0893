import { stringify } from 'csv-stringify/sync'
import { strToU8, Zip, ZipDeflate } from 'fflate'
import type { Viewer } from '@/lib/contract/account'
import { listSources } from '@/lib/db/submissions'
import { markClass } from './class-marks'
import { countUse } from './count-use'
import { enterClass } from './enter-class'
import { safeFileName } from './export-file-name'
import type { ExportedStream } from './export-json'
import { logChange } from './log-change'
import { getSetRow } from './sets'
import { byStudentName, toStudent } from './students'

/** Sources that are read at a time. */
const BATCH = 50

interface Entry {
  submission: string
  /** Path in the archive. */
  path: string
}

/**
 * The submissions that count in a set, as a ZIP in pieces: a folder for each student, a file for each exercise, and a
 * table that says which file is whose. Paths are safe to unpack and differ from each other also where case does not.
 */
export async function exportZip(
  viewer: Pick<Viewer, 'id' | 'role'>, classId: string, setId: string,
): Promise<ExportedStream<Uint8Array>> {
  const { name, entries, table } = await enterClass(viewer, classId, 'marks.export', async (db, entry) => {
    await countUse(entry, 'export')
    const row = await getSetRow(db, entry.class.id, setId)
    const marks = await markClass(db, entry.class)
    await logChange(db, entry, 'class.exported', { format: 'zip', set: row.id })
    const place = marks.sets.findIndex(({ set }) => set.id === row.id)
    const taken = new Set<string>()
    const table = [['file', 'email', 'external_id', 'name', 'exercise', 'submission']]
    const entries = [...marks.students].sort(byStudentName).flatMap((student): Entry[] => {
      const { name, email, externalId } = toStudent(student.member)
      const cells = (student.marks.sets[place]?.cells ?? []).filter(({ submissionId }) => submissionId !== null)
      if (cells.length === 0) return []
      const folder = freeName(`${safeFileName(name)} ${safeFileName(externalId ?? email)}`, taken)
      return cells.map(({ itemId, submissionId }) => {
        const exercise = row.items.find(({ id }) => id === itemId)?.exercise ?? itemId
        const path = `${folder}/${safeFileName(exercise)}.ts`
        table.push([path, email, externalId ?? '', name, exercise, submissionId ?? ''])
        return { submission: submissionId ?? '', path }
      })
    })
    return { name: `${safeFileName(entry.class.name)} ${safeFileName(row.title)}.zip`, entries, table }
  })

  async function* chunks(): AsyncGenerator<Uint8Array> {
    const written: Uint8Array[] = []
    let failure: Error | null = null
    const zip = new Zip((error, chunk) => {
      if (error) failure = error
      else written.push(chunk)
    })
    const add = (path: string, text: string) => {
      const file = new ZipDeflate(path, { level: 6 })
      zip.add(file)
      file.push(strToU8(text), true)
    }
    add('submissions.csv', stringify(table, { bom: true, escape_formulas: true, record_delimiter: 'windows' }))
    for (let start = 0; start < entries.length; start += BATCH) {
      const batch = entries.slice(start, start + BATCH)
      const sources = await enterClass(viewer, classId, 'marks.export', (db) =>
        listSources(db, batch.map(({ submission }) => submission)))
      for (const { submission, path } of batch) add(path, sources.get(submission) ?? '')
      if (failure) throw failure
      yield* written.splice(0)
    }
    zip.end()
    yield* written.splice(0)
  }
  return { name, chunks: chunks() }
}

/** A name that nobody else has, whether or not capitals count. */
function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted
  for (let count = 2; taken.has(name.toLowerCase()); count++) name = `${wanted} ${count}`
  taken.add(name.toLowerCase())
  return name
}
