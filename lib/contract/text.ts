import { z } from 'zod'

/*
 * Text that people enter. Control characters and halves of surrogate pairs are refused: nobody sees them, and Postgres
 * stores neither all of the former nor any of the latter.
 */

const REFUSED = 'must not contain control characters'

/** One line, trimmed. Marks that turn the direction of writing are no part of it either: they change what stands around. */
export const Line = z.string().trim().regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u, REFUSED)

/** The same with line breaks and tabs, and with joiners, which emoji and several scripts are written with. */
export const Paragraphs = z.string().trim().regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\r\n])*$/u, REFUSED)
