import { FileQuestion } from 'lucide-react'
import type { Metadata } from 'next'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { Message } from '../../_shell/message'
import { LinkButton } from '../../_ui/button'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('errors.notFound')
  return { title: t('submission.title') }
}

export default function SubmissionNotFound() {
  const t = useTranslations('errors.notFound')
  return (
    <Message icon={<FileQuestion />} title={t('submission.title')} text={t('submission.text')} note="404">
      <LinkButton href="/submissions" tone="primary">
        {t('submissions')}
      </LinkButton>
    </Message>
  )
}
