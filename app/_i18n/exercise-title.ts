import { getLocale } from 'next-intl/server'
import { findExercise } from '@/lib/learn/topics'

/** The title of an exercise in the reader's language; its slug when it is gone from the catalogue. */
export async function exerciseTitle(slug: string): Promise<string> {
  return (await findExercise(slug))?.title[await getLocale()] ?? slug
}
