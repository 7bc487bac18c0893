import { z } from 'zod'

export const CLASS_ROLES = ['student', 'assistant', 'instructor'] as const
export const ClassRole = z.enum(CLASS_ROLES)
export type ClassRole = z.infer<typeof ClassRole>
