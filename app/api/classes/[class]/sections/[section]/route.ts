import { z } from 'zod'
import { SectionBody } from '@/lib/contract/class'
import { Id } from '@/lib/contract/id'
import { route } from '@/lib/http/route'
import { deleteSection, renameSection } from '@/lib/learn/classes/sections'

const params = z.object({ class: Id, section: Id })

/** Renames a section. */
export const PUT = route(
  { auth: 'viewer', params, body: SectionBody },
  ({ viewer, params, body }) => renameSection(viewer, params.class, params.section, body.name),
)

/** Deletes a section; its students stay in the class. */
export const DELETE = route(
  { auth: 'viewer', params },
  ({ viewer, params }) => deleteSection(viewer, params.class, params.section),
)
