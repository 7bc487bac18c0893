import { SearchX } from 'lucide-react'
import type { Metadata } from 'next'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { Message } from '../../_shell/message'
import { LinkButton } from '../../_ui/button'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('leaderboard.notFound')
  return { title: t('title') }
}

export default function RowNotFound() {
  const t = useTranslations('leaderboard')
  return (
    <Message icon={<SearchX />} title={t('notFound.title')} text={t('notFound.text')} note="404">
      <LinkButton href="/leaderboard" tone="primary">
        {t('detail.back')}
      </LinkButton>
    </Message>
  )
}
