import { useLocale, useTranslations } from 'next-intl'
import type { BrokenRule } from '@/lib/contract/analytics'
import type { ExercisePage } from '@/lib/contract/catalogue'
import { cx } from '../../../../_ui/cx'
import { Bar } from './bars'

/** Rules that are shown before the others fold away. */
const SHOWN = 10

/** The rules of an exercise that were broken, with a bar of who broke them and, within it, of who still does. */
export function RuleTable({ rules, started, groups }: {
  rules: readonly BrokenRule[]
  started: number
  groups: ExercisePage['groups']
}) {
  const t = useTranslations('insight.analytics.rules')
  if (rules.length === 0) return <p className="text-ui text-ink-soft">{t('none')}</p>
  const rest = rules.slice(SHOWN)
  return (
    <>
      <Rows rules={rules.slice(0, SHOWN)} started={started} groups={groups} />
      {rest.length > 0 && (
        <details className="mt-3 text-ui">
          <summary className="text-accent">{t('more', { count: rest.length })}</summary>
          <div className="mt-2">
            <Rows rules={rest} started={started} groups={groups} />
          </div>
        </details>
      )}
    </>
  )
}

function Rows({ rules, started, groups }: {
  rules: readonly BrokenRule[]
  started: number
  groups: ExercisePage['groups']
}) {
  const t = useTranslations('insight.analytics.rules')
  const locale = useLocale()
  const aboutOf = (title: string) => groups.find((group) => group.title === title)?.about[locale] ?? title
  const number = 'w-px py-2 pl-4 text-right align-top whitespace-nowrap figures'
  return (
    <table aria-label={t('title')} className="w-full border-collapse text-ui">
      <thead>
        <tr className="border-b border-line-strong text-small text-ink-soft">
          <th scope="col" className="pb-1.5 text-left font-medium">{t('rule')}</th>
          {(['students', 'now', 'submissions'] as const).map((column) => (
            <th
              key={column}
              scope="col"
              className={cx(
                'pb-1.5 pl-4 text-right font-medium whitespace-nowrap', column === 'submissions' && 'max-sm:hidden',
              )}
            >
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rules.map(({ group, name, students, now, submissions }) => (
          <tr key={`${group} ${name}`} className="border-b border-line">
            <th scope="row" className="py-2 text-left font-normal">
              <span className="block">{name}</span>
              <span className="mb-1.5 block text-small text-ink-soft">{aboutOf(group)}</span>
              <Bar share={Math.min(1, students / Math.max(1, started))} inner={now / Math.max(1, started)} />
            </th>
            <td className={number}>{students}</td>
            <td className={number}>{now}</td>
            <td className={`${number} max-sm:hidden`}>{submissions}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
