import type { Queries } from './client'
import type { ClassSection } from './generated/client'

export type { ClassSection }

/** A section with how many students are in it now. */
export type SectionRow = ClassSection & { students: number }

const PRESENT = { _count: { select: { members: { where: { role: 'student', removedAt: null } } } } } as const

/** The sections of a class by name. */
export async function listSections(db: Queries, classId: string): Promise<SectionRow[]> {
  const rows = await db.classSection.findMany({ where: { classId }, include: PRESENT, orderBy: { name: 'asc' } })
  return rows.map(({ _count, ...row }) => ({ ...row, students: _count.members }))
}

export function findSection(db: Queries, classId: string, id: string): Promise<ClassSection | null> {
  return db.classSection.findFirst({ where: { id, classId } })
}

export function createSection(db: Queries, classId: string, name: string): Promise<ClassSection> {
  return db.classSection.create({ data: { classId, name } })
}

export function createSections(db: Queries, classId: string, names: readonly string[]): Promise<ClassSection[]> {
  return db.classSection.createManyAndReturn({ data: names.map((name) => ({ classId, name })) })
}

export async function renameSection(db: Queries, id: string, name: string): Promise<void> {
  await db.classSection.update({ where: { id }, data: { name } })
}

/** Its members stay, in no section. Exceptions made for it would go along: see that there are none. */
export async function deleteSection(db: Queries, id: string): Promise<void> {
  await db.classSection.delete({ where: { id } })
}

/** Whether problem sets have exceptions for the section. */
export async function hasExceptions(db: Queries, sectionId: string): Promise<boolean> {
  return (await db.setException.findFirst({ where: { sectionId }, select: { id: true } })) !== null
}
