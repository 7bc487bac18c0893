/*
 * Kept apart from the schemas, so that the compiler worker in the page needs none of them.
 */

/** Largest source that is accepted, in bytes of UTF-8. Larger ones are refused before they are stored or queued. */
export const MAX_SOURCE_BYTES = 64 * 1024
