import { useTranslations } from 'next-intl'
import type { CellView } from '@/lib/contract/marking'
import { ClassTime } from '../../../../../../_ui/class-time'

/** The dates and the attempts that apply to this student. */
export function CellTerms({ terms, zone }: { terms: CellView['terms']; zone: string }) {
  const t = useTranslations('gradebook.work.terms')
  const facts = [
    { name: t('due'), value: <ClassTime at={terms.dueAt} zone={zone} /> },
    { name: t('closes'), value: <ClassTime at={terms.closesAt} zone={zone} /> },
    { name: t('attempts'), value: terms.attemptLimit ?? t('anyAttempts') },
  ]
  return (
    <div className="text-ui">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1">
        {facts.map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="figures">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-1 text-small text-ink-soft">{t('zone', { zone })}</p>
      {terms.excepted && <p className="mt-1 text-small font-medium">{t('excepted')}</p>}
      {terms.exempt && <p className="mt-1 text-small font-medium">{t('exempt')}</p>}
    </div>
  )
}
