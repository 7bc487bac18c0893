import { z } from 'zod'
import { DisplayName, EmailAddress } from './account'
import { Id } from './id'
import { Line } from './text'

export const CLASS_ROLES = ['student', 'assistant', 'instructor'] as const
export const ClassRole = z.enum(CLASS_ROLES)
export type ClassRole = z.infer<typeof ClassRole>

export const ClassName = Line.min(1).max(120)
/** Such as "Autumn 2026"; may be empty. */
export const ClassTerm = Line.max(60)
export const SectionName = Line.min(1).max(60)
/** Key of a student in the school's own system. */
export const ExternalId = Line.min(1).max(64)

/** Name in the IANA time zone database. Offsets such as "+08:00" are none: they know no clock changes. */
export const TimeZone = z.string().max(64).refine(isTimeZone, {
  message: 'must be a time zone such as Asia/Shanghai',
  params: { rule: 'time-zone' },
})

/** A time on the clocks of the class, without a zone: `2026-09-30T23:59`. */
export const LocalDateTime = z.iso.datetime({ local: true, precision: -1 }).regex(/\d$/)

/** Body of POST /api/classes. */
export const ClassBody = z.strictObject({
  name: ClassName,
  term: ClassTerm.default(''),
  timeZone: TimeZone,
  /** Late days that each student has for all sets together. */
  graceDays: z.int().min(0).max(100).default(0),
})
export type ClassBody = z.infer<typeof ClassBody>

/** Body of PUT /api/classes/:class: all of it, since what was left out would be changed to nothing. */
export const ClassSettingsBody = ClassBody.extend({ term: ClassTerm, graceDays: z.int().min(0).max(100) })

/** A class as its members see it. */
export const ClassView = z.strictObject({
  id: z.string(),
  name: z.string(),
  term: z.string(),
  timeZone: z.string(),
  graceDays: z.int(),
  /** The viewer's own role in it; site admins are instructors everywhere. */
  role: ClassRole,
  archivedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
})
export type ClassView = z.infer<typeof ClassView>

/** A class in a list. */
export const ClassSummary = ClassView.extend({
  /** For staff; null for students, who are told nothing of each other. */
  students: z.int().nullable(),
  /** Names of its instructors. */
  instructors: z.array(z.string()),
})
export type ClassSummary = z.infer<typeof ClassSummary>

/** Body of PUT /api/classes/:class/archive. */
export const ArchiveBody = z.strictObject({ archived: z.boolean() })

/** How people join by code. */
export const JoinView = z.strictObject({
  code: z.string(),
  open: z.boolean(),
  until: z.iso.datetime().nullable(),
  /** The same on the clocks of the class. */
  untilLocal: z.string().nullable(),
})
export type JoinView = z.infer<typeof JoinView>

/** Body of PUT /api/classes/:class/join-code. */
export const JoinSettingsBody = z.strictObject({
  open: z.boolean(),
  /** On the clocks of the class; null for no end. */
  until: LocalDateTime.nullable(),
})
export type JoinSettingsBody = z.infer<typeof JoinSettingsBody>

/** Body of POST /api/classes/join: a code as it was typed, in any case, with spaces and hyphens. */
export const JoinBody = z.strictObject({ code: Line.min(1).max(64) })

/** Answer to joining, and what is told of a class to somebody who holds its code. */
export const JoinPreview = z.strictObject({
  classId: z.string(),
  name: z.string(),
  term: z.string(),
  instructors: z.array(z.string()),
  /** Whether the viewer may join, is in it, or was removed and has to be restored by staff. */
  standing: z.enum(['may-join', 'member', 'removed']),
})
export type JoinPreview = z.infer<typeof JoinPreview>

/** A place kept in a class, as the person for whom it is kept sees it. */
export const OwnInvitation = z.strictObject({
  id: z.string(),
  classId: z.string(),
  className: z.string(),
  term: z.string(),
  role: ClassRole,
})
export type OwnInvitation = z.infer<typeof OwnInvitation>

export const SectionView = z.strictObject({ id: z.string(), name: z.string(), students: z.int() })
export type SectionView = z.infer<typeof SectionView>

/** Body of POST /api/classes/:class/sections, and of PUT .../sections/:section. */
export const SectionBody = z.strictObject({ name: SectionName })

/** Somebody in a class, for its staff. */
export const MemberView = z.strictObject({
  userId: z.string(),
  /** As the roster calls them, else the name of the account. */
  name: z.string(),
  /** Set when the roster's name is another than that of the account. */
  accountName: z.string().nullable(),
  email: z.string(),
  role: ClassRole,
  externalId: z.string().nullable(),
  sectionId: z.string().nullable(),
  joinedAt: z.iso.datetime(),
  removedAt: z.iso.datetime().nullable(),
  /** Whether a provider vouches for the address; else anybody might have signed up with it. */
  vouched: z.boolean(),
  /** Kept off the leaderboards of the class by its staff. */
  offBoards: z.boolean(),
  /** Set when an account with this address was in the class before and was deleted. */
  before: z.strictObject({ leftAt: z.iso.datetime(), externalId: z.string().nullable() }).nullable(),
})
export type MemberView = z.infer<typeof MemberView>

/** A place kept for an address, for the staff of the class. */
export const InvitationView = z.strictObject({
  id: z.string(),
  email: z.string(),
  name: z.string().nullable(),
  role: ClassRole,
  externalId: z.string().nullable(),
  sectionId: z.string().nullable(),
  createdAt: z.iso.datetime(),
})
export type InvitationView = z.infer<typeof InvitationView>

/** Somebody who deleted the account and has not come back; who that was, the class does not know. */
export const DepartureView = z.strictObject({
  id: z.string(),
  role: ClassRole,
  externalId: z.string().nullable(),
  sectionId: z.string().nullable(),
  /** Whether staff had removed them: the address is let in only after staff keeps a place for it again. */
  removed: z.boolean(),
  leftAt: z.iso.datetime(),
})
export type DepartureView = z.infer<typeof DepartureView>

export const ClassPeople = z.strictObject({
  members: z.array(MemberView),
  sections: z.array(SectionView),
  invitations: z.array(InvitationView),
  departures: z.array(DepartureView),
})
export type ClassPeople = z.infer<typeof ClassPeople>

/** Body of PATCH /api/classes/:class/members/:user. What is left out stays; null takes the value away. */
export const MemberBody = z.strictObject({
  role: ClassRole.optional(),
  name: DisplayName.nullable().optional(),
  externalId: ExternalId.nullable().optional(),
  sectionId: Id.nullable().optional(),
})
export type MemberBody = z.infer<typeof MemberBody>

/** Most people that one request moves. */
const MAX_ASSIGNED = 500

/** Body of PUT /api/classes/:class/members: puts students into a section, or with null into none. */
export const AssignBody = z.strictObject({
  userIds: z.array(Id).min(1).max(MAX_ASSIGNED),
  sectionId: Id.nullable(),
})
export type AssignBody = z.infer<typeof AssignBody>

/** Body of PUT /api/classes/:class/members/:user/removal. */
export const RemovalBody = z.strictObject({ removed: z.boolean() })

/** Body of POST /api/classes/:class/invitations. */
export const InvitationBody = z.strictObject({
  email: EmailAddress,
  name: DisplayName.nullable().default(null),
  role: ClassRole.default('student'),
  externalId: ExternalId.nullable().default(null),
  sectionId: Id.nullable().default(null),
  /** Lets in again an address that was removed and whose account was deleted since. */
  readmit: z.boolean().optional(),
})
export type InvitationBody = z.infer<typeof InvitationBody>

function isTimeZone(value: string): boolean {
  if (!/^[A-Za-z]/.test(value)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
