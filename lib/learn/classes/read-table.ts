import { CsvError, parse } from 'csv-parse/sync'

/** One record of a file. */
export interface TableLine {
  /** From 1; of a record over several lines, the last. */
  line: number
  cells: string[]
}

/** A file is no table: quotes do not close, or stand within a value. */
export class NotCsv extends Error {
  override readonly name = 'NotCsv'

  /** @param line where that was seen; null where it is not known */
  constructor(readonly line: number | null) {
    super('The text is not CSV')
  }
}

/** Records with the lines on which they end; empty ones are left out, and cells are trimmed. @throws NotCsv */
export function readTable(csv: string, delimiter: string): TableLine[] {
  try {
    const records = parse(csv, {
      bom: true, delimiter, info: true, relax_column_count: true, skip_empty_lines: true,
      skip_records_with_empty_values: true, trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    return records.map(({ record, info }) => ({ line: info.lines, cells: record }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new NotCsv(typeof error.lines === 'number' ? error.lines : null)
  }
}
