import { useTranslations } from 'next-intl'
import type { StudentRef } from '@/lib/contract/analytics'

/** Names that are shown before the others fold away. */
const SHOWN = 12

/** Who has not started, by name. */
export function StudentList({ students }: { students: readonly StudentRef[] }) {
  const t = useTranslations('insight.analytics.notStarted')
  if (students.length === 0) return <p className="text-ui text-ink-soft">{t('none')}</p>
  const rest = students.slice(SHOWN)
  return (
    <>
      <Names students={students.slice(0, SHOWN)} />
      {rest.length > 0 && (
        <details className="mt-2 text-ui">
          <summary className="text-accent">{t('more', { count: rest.length })}</summary>
          <div className="mt-2">
            <Names students={rest} />
          </div>
        </details>
      )}
    </>
  )
}

function Names({ students }: { students: readonly StudentRef[] }) {
  return (
    <ul className="grid gap-x-6 gap-y-1 text-ui sm:grid-cols-2">
      {students.map(({ id, name }) => (
        <li key={id} className="truncate" title={name}>
          {name}
        </li>
      ))}
    </ul>
  )
}
