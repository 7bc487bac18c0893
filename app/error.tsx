'use client'

import { Unplug } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Message } from './_shell/message'
import { RetryButton } from './_shell/retry-button'
import { LinkButton } from './_ui/button'

/** In the place of a page that failed. The digest is the id under which the log has the rest. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations('errors.page')
  const common = useTranslations('common')
  return (
    <Message
      icon={<Unplug />}
      title={t('title')}
      text={t('text')}
      note={error.digest && t('id', { id: error.digest })}
    >
      <RetryButton before={reset}>{common('retry')}</RetryButton>
      <LinkButton href="/">{t('home')}</LinkButton>
    </Message>
  )
}
