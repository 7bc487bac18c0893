import { CircleCheck, CircleDashed, CircleX, EyeOff } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import type { ExercisePage } from '@/lib/contract/catalogue'
import type { VerdictView } from '@/lib/contract/verdict'
import { cx } from '../_ui/cx'
import { LocalTime } from '../_ui/local-time'

const LOOKS = {
  passed: { Icon: CircleCheck, colour: 'text-good' },
  failed: { Icon: CircleX, colour: 'text-bad' },
  skipped: { Icon: CircleDashed, colour: 'text-ink-faint' },
} as const

/**
 * Score by group, with the rules that held and those that did not. `about` are the groups of the exercise, whose
 * descriptions are shown where the titles still agree.
 */
export function GroupList({ verdict, about }: { verdict: VerdictView; about: ExercisePage['groups'] }) {
  const t = useTranslations('submissions')
  const locale = useLocale()
  return (
    <div className="flex flex-col gap-4">
      {verdict.groups.map((group) => {
        const tests = verdict.tests.filter((test) => test.group === group.title)
        const description = about.find(({ title }) => title === group.title)?.about[locale]
        return (
          <section key={group.title} className="rounded-lg border border-line bg-surface">
            <div className="flex items-start justify-between gap-4 px-4 py-3">
              <div className="min-w-0">
                <h3 className="text-body font-semibold">{group.title}</h3>
                {description && <p className="text-small text-ink-soft">{description}</p>}
              </div>
              <div className="shrink-0 text-right">
                <p className="text-body font-semibold figures">
                  {group.earned}
                  <span className="font-normal text-ink-soft"> / {group.points}</span>
                </p>
                <p className="text-small text-ink-soft figures">
                  {group.total === 0 ? t('test.skipped') : t('rulesOf', { passed: group.passed, total: group.total })}
                </p>
              </div>
            </div>
            {tests.length > 0 && (
              <ul className="border-t border-line px-4 py-2">
                {tests.map((test, index) => (
                  <Rule key={index} test={test} />
                ))}
              </ul>
            )}
          </section>
        )
      })}
      {verdict.rulesHidden && verdict.groups.length > 0 && <RulesHidden {...verdict.rulesHidden} />}
    </div>
  )
}

/** Why there are groups without rules, and until when. */
function RulesHidden({ until }: NonNullable<VerdictView['rulesHidden']>) {
  const t = useTranslations('submissions.rulesHidden')
  return (
    <p className="flex items-start gap-2 text-small text-ink-soft">
      <EyeOff aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{until === null ? t('never') : t.rich('after-due', { time: () => <LocalTime at={until} /> })}</span>
    </p>
  )
}

function Rule({ test }: { test: VerdictView['tests'][number] }) {
  const t = useTranslations('submissions.test')
  const { Icon, colour } = LOOKS[test.state]
  return (
    <li className="flex items-start gap-2.5 py-1 text-ui">
      <Icon aria-hidden className={cx('mt-0.5 size-4.5 shrink-0', colour)} />
      <span className="min-w-0 flex-1">{test.name}</span>
      <span className={cx('shrink-0 text-small font-medium', colour)}>{t(test.state)}</span>
    </li>
  )
}
