import type { Queries } from './client'

/** Ids of things of a class whose names are wanted. */
export interface WantedNames {
  users: readonly string[]
  sections: readonly string[]
  sets: readonly string[]
  items: readonly string[]
}

/** What things of a class are called now, by id; what is gone, or of another class, is left out. */
export async function findClassNames(db: Queries, classId: string, { users, sections, sets, items }: WantedNames) {
  const [members, found, named, exercises] = await Promise.all([
    db.classMember.findMany({
      where: { classId, userId: { in: [...users] } },
      select: { userId: true, name: true, user: { select: { name: true } } },
    }),
    db.classSection.findMany({ where: { classId, id: { in: [...sections] } }, select: { id: true, name: true } }),
    db.problemSet.findMany({ where: { classId, id: { in: [...sets] } }, select: { id: true, title: true } }),
    db.problemSetItem.findMany({
      where: { set: { classId }, id: { in: [...items] } },
      select: { id: true, exercise: true, set: { select: { id: true, title: true } } },
    }),
  ])
  return {
    users: new Map(members.map((member) => [member.userId, member])),
    sections: new Map(found.map(({ id, name }) => [id, name])),
    sets: new Map(named.map(({ id, title }) => [id, title])),
    items: new Map(exercises.map(({ id, ...item }) => [id, item])),
  }
}
