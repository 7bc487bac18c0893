import { History } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Badge } from '../_ui/badge'

/** Marks a submission that was graded again; its own page tells with what result. */
export function RegradedBadge() {
  const t = useTranslations('submissions.regrades')
  return (
    <Badge>
      <History aria-hidden />
      {t('title')}
    </Badge>
  )
}
