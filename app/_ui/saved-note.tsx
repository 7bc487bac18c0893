import { Check } from 'lucide-react'
import { useTranslations } from 'next-intl'

/** Says beside a button that something was saved, also to those who do not see it appear. */
export function SavedNote({ shown }: { shown: boolean }) {
  const t = useTranslations('common')
  return (
    <span role="status" className="flex items-center gap-1.5 text-ui text-good">
      {shown && (
        <>
          <Check aria-hidden className="size-4" />
          {t('saved')}
        </>
      )}
    </span>
  )
}
