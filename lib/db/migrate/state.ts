import type { MigrationFolder } from './folders'

/** How a database stands to the migrations of this version of the project; each a list of migration names. */
export interface MigrationState {
  /** Have not run yet. */
  pending: string[]
  /** Began and did not finish. */
  failed: string[]
  /** Ran, and their script was changed afterwards. */
  edited: string[]
  /** Ran, and this version of the project does not have them. */
  unknown: string[]
}

/** One row of `_prisma_migrations`, as far as it matters here. */
interface AppliedMigration {
  name: string
  checksum: string
  finished: boolean
}

const APPLIED = `
  select migration_name as name, checksum, finished_at is not null as finished
  from _prisma_migrations where rolled_back_at is null`

/** Runs a query and returns its rows; both pg and Prisma can be given this form. */
export type ReadRows = (sql: string) => Promise<unknown[]>

/** Compares the table `_prisma_migrations` with the folders of the project. Changes nothing. */
export async function migrationState(readRows: ReadRows, folders: MigrationFolder[]): Promise<MigrationState> {
  const rows = (await hasTable(readRows)) ? ((await readRows(APPLIED)) as AppliedMigration[]) : []
  const applied = new Map(rows.map((row) => [row.name, row]))
  const known = new Set(folders.map(({ name }) => name))
  const wasEdited = ({ name, checksum }: MigrationFolder): boolean => {
    const row = applied.get(name)
    return row !== undefined && row.checksum !== checksum
  }
  return {
    pending: folders.filter(({ name }) => !applied.has(name)).map(({ name }) => name),
    failed: rows.filter(({ finished }) => !finished).map(({ name }) => name),
    edited: folders.filter(wasEdited).map(({ name }) => name),
    unknown: rows.filter(({ name }) => !known.has(name)).map(({ name }) => name),
  }
}

async function hasTable(readRows: ReadRows): Promise<boolean> {
  const [row] = await readRows(`select to_regclass('_prisma_migrations') is not null as found`)
  return (row as { found: boolean } | undefined)?.found ?? false
}
