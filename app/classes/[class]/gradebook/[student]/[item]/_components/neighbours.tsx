import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { CellView } from '@/lib/contract/marking'
import { LinkButton } from '../../../../../../_ui/button'

/** Leads to the same exercise of the students before and after this one. */
export function Neighbours({ previous, next, hrefOf }: Pick<CellView, 'previous' | 'next'> & {
  hrefOf: (studentId: string) => string
}) {
  const t = useTranslations('gradebook.work')
  return (
    <nav aria-label={t('neighbours')} className="flex gap-2">
      {previous && (
        <LinkButton
          size="small" prefetch={false} href={hrefOf(previous.id)} title={previous.name}
          aria-label={t('previous', { name: previous.name })}
        >
          <ChevronLeft aria-hidden />
          {t('previousShort')}
        </LinkButton>
      )}
      {next && (
        <LinkButton
          size="small" prefetch={false} href={hrefOf(next.id)} title={next.name}
          aria-label={t('next', { name: next.name })}
        >
          {t('nextShort')}
          <ChevronRight aria-hidden />
        </LinkButton>
      )}
    </nav>
  )
}
