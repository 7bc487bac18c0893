import { BookX } from 'lucide-react'
import type { Metadata } from 'next'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { Message } from '../../_shell/message'
import { LinkButton } from '../../_ui/button'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('errors.notFound')
  return { title: t('topic.title') }
}

export default function TopicNotFound() {
  const t = useTranslations('errors.notFound')
  return (
    <Message icon={<BookX />} title={t('topic.title')} text={t('topic.text')} note="404">
      <LinkButton href="/topics" tone="primary">
        {t('topics')}
      </LinkButton>
    </Message>
  )
}
