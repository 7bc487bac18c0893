import { Hourglass } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Message } from './message'
import { RetryButton } from './retry-button'

/** In the place of a page that somebody has asked for too often. */
export function TooMany({ seconds }: { seconds: number }) {
  const t = useTranslations('errors.page')
  const common = useTranslations('common')
  return (
    <Message icon={<Hourglass />} title={t('tooManyTitle')} text={t('tooManyText', { seconds })}>
      <meta name="robots" content="noindex" />
      <RetryButton>{common('retry')}</RetryButton>
    </Message>
  )
}
