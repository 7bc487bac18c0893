import { FileQuestion } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Message } from '../../_shell/message'
import { LinkButton } from '../../_ui/button'

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
