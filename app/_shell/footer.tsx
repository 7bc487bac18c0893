import { useTranslations } from 'next-intl'
import { LogoMark } from '../_ui/logo'

export function Footer() {
  const t = useTranslations('common')
  return (
    <footer className="mt-20 border-t border-line">
      <div
        className={
          'mx-auto flex w-full max-w-page flex-wrap items-center gap-x-3 gap-y-1 px-4 py-6 text-small sm:px-6'
        }
      >
        <LogoMark className="size-4 text-ink-faint" />
        <p className="font-medium text-ink-soft">{t('tagline')}</p>
        <p className="text-ink-faint">{t('footer.promise')}</p>
      </div>
    </footer>
  )
}
