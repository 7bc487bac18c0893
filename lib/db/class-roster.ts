import type { Queries } from './client'
import type { NewInvitation } from './class-invitations'

/** What a roster says of somebody; null leaves what is there. */
export interface RosterValues {
  name: string | null
  externalId: string | null
  sectionId: string | null
}

/** Keeps a place for each, all in one statement: thousands take the client seconds. */
export async function createInvitations(db: Queries, invitations: readonly NewInvitation[]): Promise<void> {
  await db.$executeRaw`
    insert into class_invitations (id, class_id, email, name, external_id, section_id, role, invited_by)
    select gen_random_uuid(), v."classId", v.email, v.name, v."externalId", v."sectionId", v.role::class_role,
      v."invitedBy"
    from jsonb_to_recordset(${JSON.stringify(invitations)}::jsonb) as v("classId" uuid, email text, name text,
      "externalId" text, "sectionId" uuid, role text, "invitedBy" uuid)`
}

/** Writes what a roster says of members of the class, all in one statement. */
export async function fillInMembers(
  db: Queries, classId: string, changes: readonly (RosterValues & { userId: string })[],
): Promise<void> {
  const rows = JSON.stringify(changes)
  // Emptied first: an id may go from one member to another.
  await db.$executeRaw`
    update class_members m set external_id = null
    from jsonb_to_recordset(${rows}::jsonb) as v("userId" uuid, "externalId" text)
    where m.class_id = ${classId}::uuid and m.user_id = v."userId" and v."externalId" is not null`
  await db.$executeRaw`
    update class_members m set name = coalesce(v.name, m.name),
      external_id = coalesce(v."externalId", m.external_id), section_id = coalesce(v."sectionId", m.section_id)
    from jsonb_to_recordset(${rows}::jsonb) as v("userId" uuid, name text, "externalId" text, "sectionId" uuid)
    where m.class_id = ${classId}::uuid and m.user_id = v."userId"`
}

/** The same for places that are kept. */
export async function fillInInvitations(
  db: Queries, classId: string, changes: readonly (RosterValues & { id: string })[],
): Promise<void> {
  const rows = JSON.stringify(changes)
  await db.$executeRaw`
    update class_invitations i set external_id = null
    from jsonb_to_recordset(${rows}::jsonb) as v(id uuid, "externalId" text)
    where i.class_id = ${classId}::uuid and i.id = v.id and v."externalId" is not null`
  await db.$executeRaw`
    update class_invitations i set name = coalesce(v.name, i.name),
      external_id = coalesce(v."externalId", i.external_id), section_id = coalesce(v."sectionId", i.section_id)
    from jsonb_to_recordset(${rows}::jsonb) as v(id uuid, name text, "externalId" text, "sectionId" uuid)
    where i.class_id = ${classId}::uuid and i.id = v.id`
}

/** Who has an external id: members, also removed ones, by their user; of places that are kept, `userId` is null. */
export async function listExternalIdHolders(
  db: Queries, classId: string, externalId: string,
): Promise<{ userId: string | null }[]> {
  const members = await db.classMember.findMany({ where: { classId, externalId }, select: { userId: true } })
  const awaited = await db.classInvitation.count({ where: { classId, externalId } })
  return [...members, ...Array.from({ length: awaited }, () => ({ userId: null }))]
}
