import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { Health } from '@/lib/contract/health'
import { Alert } from '../../_ui/alert'
import { GraderTable } from './grader-table'

const TONES = { ok: 'good', degraded: 'warn', down: 'bad' } as const

/** What works and what does not, for whoever runs the site. */
export function HealthReport({ health, action }: { health: Health; action: ReactNode }) {
  const t = useTranslations('admin.health')
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
            [t('oldest'), queue?.oldestSeconds == null ? unknown : duration(t, queue.oldestSeconds)],
          ]}
        />
        <Numbers
          title={t('content')}
          note={content.problems > 0 && t.rich('problemsHelp', { code })}
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
          <GraderTable graders={graders} />
        ) : (
          <p className="text-body text-ink-soft">{t.rich('noGraders', { code })}</p>
        )}
      </section>
    </div>
  )
}

const MINUTE = 60

type Translate = ReturnType<typeof useTranslations<'admin.health'>>

function stateOf(t: Translate, { upToDate, pending }: NonNullable<Health['migrations']>): string {
  return upToDate ? t('upToDate') : t('pending', { count: pending.length })
}

function duration(t: Translate, seconds: number): string {
  if (seconds < 2 * MINUTE) return t('seconds', { seconds: Math.round(seconds) })
  return t('minutes', { minutes: Math.round(seconds / MINUTE) })
}

function code(text: ReactNode) {
  return <code className="rounded-sm bg-sunken px-1">{text}</code>
}

function Numbers({ title, note, numbers }: { title: string; note?: ReactNode; numbers: [string, ReactNode][] }) {
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
      {note && <p className="mt-2 text-small text-ink-soft">{note}</p>}
    </section>
  )
}
