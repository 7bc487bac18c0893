import { z } from 'zod'
import { Id } from '@/lib/contract/id'

/** A regrade within its class. */
export const REGRADE_PATH = z.object({ class: Id, id: Id })
