import { DatabaseZap } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Message } from './message'
import { RetryButton } from './retry-button'

/** The page in the place of one that needs the database. */
export function Unavailable() {
  const t = useTranslations('errors.page')
  const common = useTranslations('common')
  return (
    <Message icon={<DatabaseZap />} title={t('unavailableTitle')} text={t('unavailableText')}>
      <meta name="robots" content="noindex" />
      <RetryButton>{common('retry')}</RetryButton>
    </Message>
  )
}
