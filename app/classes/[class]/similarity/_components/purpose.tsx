import { useTranslations } from 'next-intl'
import { Alert } from '../../../../_ui/alert'

/** What these pages are for and what they are not, above everything else. */
export function Purpose() {
  const t = useTranslations('insight.similarity')
  return (
    <Alert title={t('purpose')} className="mb-6 max-w-wide">
      {t('purposeText')}
      <details className="mt-2">
        <summary className="text-accent">{t('how')}</summary>
        <p className="mt-1 text-ink-soft">
          {t('howText')} {t('which')}
        </p>
      </details>
    </Alert>
  )
}
