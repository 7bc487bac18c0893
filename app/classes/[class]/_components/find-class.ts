import { cache } from 'react'
import type { Viewer } from '@/lib/contract/account'
import type { ClassView } from '@/lib/contract/class'
import { getClass } from '@/lib/learn/classes/classes'

/** The class of a page, asked once for each request. @throws ProblemError `not-found` for those who are not in it */
export const findClass = cache((viewer: Viewer, classId: string): Promise<ClassView> => getClass(viewer, classId))
