import { BookX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Message } from '../../_shell/message'
import { LinkButton } from '../../_ui/button'

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
