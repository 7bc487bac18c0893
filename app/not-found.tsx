import { Compass } from 'lucide-react'
import type { Metadata } from 'next'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { Message } from './_shell/message'
import { LinkButton } from './_ui/button'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('errors.notFound')
  return { title: t('title') }
}

export default function NotFound() {
  const t = useTranslations('errors.notFound')
  return (
    <Message icon={<Compass />} title={t('title')} text={t('text')} note="404">
      <LinkButton href="/" tone="primary">
        {t('home')}
      </LinkButton>
      <LinkButton href="/topics">{t('topics')}</LinkButton>
    </Message>
  )
}
