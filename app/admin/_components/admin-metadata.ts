import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'

export async function adminMetadata(): Promise<Metadata> {
  const t = await getTranslations('admin')
  return { title: t('title'), robots: { index: false } }
}
