import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'

/** Metadata of one of the admin pages, named after its tab. */
export async function adminMetadata(tab: 'health' | 'people' | 'submissions' | 'regrades'): Promise<Metadata> {
  const t = await getTranslations('admin')
  return { title: `${t(`tabs.${tab}`)} · ${t('title')}`, robots: { index: false } }
}
