import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Health } from '@/lib/contract/health'
import type { ContentProblem } from '@/lib/learn/catalogue'
import { Alert } from '../../_ui/alert'
import { code } from './code'
import { ContentProblems } from './content-problems'
import { GraderList } from './grader-list'
import { useDuration } from './use-duration'

const TONES = { ok: 'good', degraded: 'warn', down: 'bad' } as const

/** What works and what does not, for whoever runs the site. */
export function HealthReport({ health, problems, action }: {
  health: Health
  problems: readonly ContentProblem[]
  action: ReactNode
}) {
  const t = useTranslations('admin.health')
  const duration = useDuration()
  const { status, queue, content, migrations, graders } = health
  const unknown = '–'
  return (
    <div className="flex flex-col gap-10">
      <Alert tone={TONES[status]} title={t(`status.${status}`)} action={action}>
        {t(`statusText.${status}`)}
      </Alert>
      <div className="grid gap-x-12 gap-y-8 sm:grid-cols-2">
        <Numbers
          title={t('queue')}
          numbers={[
            [t('queued'), queue ? queue.queued : unknown],
            [t('grading'), queue ? queue.grading : unknown],
            [t('oldest'), queue?.oldestSeconds == null ? unknown : duration(queue.oldestSeconds)],
          ]}
        />
        <Numbers
          title={t('content')}
          numbers={[
            [t('exercises'), content.exercises],
            [t('problems'), content.problems],
            [t('migrations'), migrations ? stateOf(t, migrations) : unknown],
          ]}
        />
      </div>
      <section aria-labelledby="graders">
        <h2 id="graders" className="mb-3 text-title font-semibold">
          {t('graders')}
        </h2>
        {graders && graders.length > 0 ? (
          <GraderList graders={graders} />
        ) : (
          <p className="text-body text-ink-soft">{t.rich('noGraders', { code })}</p>
        )}
      </section>
      <ContentProblems problems={problems} />
    </div>
  )
}

type Translate = ReturnType<typeof useTranslations<'admin.health'>>

function stateOf(t: Translate, { upToDate, pending }: NonNullable<Health['migrations']>): string {
  return upToDate ? t('upToDate') : t('pending', { count: pending.length })
}

function Numbers({ title, numbers }: { title: string; numbers: [string, ReactNode][] }) {
  return (
    <section>
      <h2 className="mb-2 text-title font-semibold">{title}</h2>
      <dl>
        {numbers.map(([name, value]) => (
          <div key={name} className="flex justify-between gap-4 border-b border-line py-2 text-ui">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="font-medium figures">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
