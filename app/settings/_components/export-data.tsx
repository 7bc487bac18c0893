import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { buttonClass } from '../../_ui/button'

/** Fetches everything that the site keeps about the reader, as a file. */
export function ExportData() {
  const t = useTranslations('settings.export')
  return (
    <div className="flex flex-col items-start gap-3">
      <a href="/api/account/export" download className={buttonClass()}>
        <Download aria-hidden />
        {t('submit')}
      </a>
      <p className="text-small text-ink-soft">{t('holds')}</p>
    </div>
  )
}
