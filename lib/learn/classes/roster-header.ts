import { ROSTER_COLUMNS, type RosterColumn } from '@/lib/contract/roster'

/** What columns are called in the files that schools have, in the form of `plain`. */
const NAMES: Record<RosterColumn | 'given' | 'family', readonly string[]> = {
  email: ['email', 'mail', 'emailaddress', '邮箱', '电子邮箱', '电子邮件', '邮件', '邮箱地址', '电子邮件地址'],
  name: ['name', 'fullname', 'student', 'studentname', '姓名', '学生姓名', '名称', '学生'],
  given: ['firstname', 'givenname', 'forename', '名', '名字'],
  family: ['lastname', 'surname', 'familyname', '姓', '姓氏'],
  section: ['section', 'sectionname', 'group', 'groupname', 'groups', '分组', '组', '小组', '组别', '班', '班级', '分班', '教学班'],
  externalId: [
    'externalid', 'id', 'idnumber', 'studentid', 'studentnumber', 'studentno', 'sisid', 'sisuserid',
    'matriculationnumber',
    '学号', '编号', '学生编号', '外部编号', '外部id',
  ],
}

export type Part = keyof typeof NAMES

/** A cell of more characters names no column. */
const LONGEST_NAME = 100

/** What the columns of a file mean; null for those that mean nothing here. */
export interface Header {
  parts: readonly (Part | null)[]
  /** The names that mean nothing here. */
  ignored: readonly string[]
  /** Parts that several columns claim. */
  twice: readonly Part[]
}

/**
 * Reads a first line as names of columns, in English or Chinese, in any case and spelling. Null when it is none: no
 * cell is a known name, or one holds an address.
 */
export function readHeader(cells: readonly string[]): Header | null {
  if (cells.some((cell) => cell.includes('@') || cell.length > LONGEST_NAME)) return null
  const parts = cells.map(partOf)
  if (parts.every((part) => part === null)) return null
  const known = parts.filter((part) => part !== null)
  return {
    parts,
    ignored: cells.filter((cell, index) => parts[index] === null && cell !== ''),
    twice: known.filter((part, index) => known.indexOf(part) !== index),
  }
}

/** The order of columns in a file without header. */
export const POSITIONAL: readonly Part[] = ROSTER_COLUMNS

function partOf(cell: string): Part | null {
  const name = plain(cell)
  const found = Object.entries(NAMES).find(([, names]) => names.includes(name))
  return found ? (found[0] as Part) : null
}

/** A name without what people spell differently: width and case of letters, hints in brackets, spaces and signs. */
function plain(cell: string): string {
  return cell.normalize('NFKC').toLowerCase().replace(/\([^()]*\)/g, '').replace(/[\s\p{P}\p{S}]/gu, '')
}
