import { useTranslations } from 'next-intl'
import { buttonClass } from '../_ui/button'

/** First stop of the Tab key: past the header, to the page. */
export function SkipLink() {
  const t = useTranslations('common.nav')
  return (
    <a
      href="#content"
      className={buttonClass({ tone: 'primary' }, 'fixed! top-2 left-2 z-50 -translate-y-16 focus:translate-y-0')}
    >
      {t('skip')}
    </a>
  )
}
