/** How large a class may grow. Without the schemas, since every page knows these numbers. */

/** Most people of a class: those who are in it and those for whom it keeps a place. */
export const MAX_PEOPLE = 5_000
/** Most sections of a class. */
export const MAX_SECTIONS = 200
/** Most problem sets of a class, drafts included. */
export const MAX_SETS = 200
