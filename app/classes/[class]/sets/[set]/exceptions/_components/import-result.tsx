import { useTranslations } from 'next-intl'
import type { ExceptionImportResult } from '@/lib/contract/set-exception'
import { ClassTime } from '../../../../../../_ui/class-time'
import { Alert } from '../../../../../../_ui/alert'

/** What a file would grant, did grant, or what is wrong with it line by line. */
export function ImportResult({ result, zone }: { result: ExceptionImportResult; zone: string }) {
  const t = useTranslations('sets.import')
  const exceptions = useTranslations('sets.exceptions')
  const { problems, problemCount, granted, grantedCount, applied } = result
  if (problems.length > 0) {
    return (
      <Alert tone="bad" live="assertive" title={t('problems', { count: problemCount })}>
        <ul className="mt-1 max-h-48 overflow-y-auto">
          {problems.map(({ line, rule, value }, index) => (
            <li key={index} className="break-words">
              {line !== null && <span className="font-medium figures">{t('line', { line })} </span>}
              {t(`wrong.${rule}`, { value })}
            </li>
          ))}
        </ul>
        <More count={problemCount - problems.length} />
      </Alert>
    )
  }
  if (applied) return <Alert tone="good" live="polite" title={t('applied', { count: grantedCount })} />
  return (
    <Alert live="polite" title={t('ready', { count: grantedCount })}>
      <ul className="mt-1 max-h-48 overflow-y-auto">
        {granted.map(({ name, dueAt, closesAt, attemptLimit, exempt, replaces }, index) => (
          <li key={index} className="flex flex-wrap gap-x-2 break-words">
            <span className="font-medium">{name}</span>
            {dueAt && <span>{exceptions('due')} <ClassTime at={dueAt} zone={zone} /></span>}
            {closesAt && <span>{exceptions('closes')} <ClassTime at={closesAt} zone={zone} /></span>}
            {attemptLimit !== null && <span className="figures">{t('attempts', { count: attemptLimit })}</span>}
            {exempt && <span>{exceptions('exempt')}</span>}
            {replaces && <span>({t(`replaces.${replaces}`)})</span>}
          </li>
        ))}
      </ul>
      <More count={grantedCount - granted.length} />
    </Alert>
  )
}

/** How many are not listed. */
function More({ count }: { count: number }) {
  const t = useTranslations('sets.import')
  return count > 0 && <p className="mt-1 font-medium figures">{t('more', { count })}</p>
}
