import { z } from 'zod'

/** Key of a row, in the one form in which it is stored and compared: RFC 9562 lets others write it in capitals. */
export const Id = z.uuid().toLowerCase()
