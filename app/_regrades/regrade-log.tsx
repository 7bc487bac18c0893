import { useTranslations } from 'next-intl'
import type { AuditView } from '@/lib/contract/regrade'
import { LocalTime } from '../_ui/local-time'

const ACTIONS = ['started', 'stopped', 'resumed', 'applied'] as const

/** Who did what with this regrade, and when. */
export function RegradeLog({ log }: { log: AuditView[] }) {
  const t = useTranslations('regrades')
  return (
    <section className="mt-8" aria-labelledby="log">
      <h3 id="log" className="mb-3 text-title font-semibold">
        {t('log.title')}
      </h3>
      <ol className="border-t border-line-strong text-ui">
        {log.map(({ at, actor, action, detail }, index) => (
          <li key={index} className="flex flex-wrap justify-between gap-x-6 border-b border-line py-2">
            <span>
              {actor ?? t(action === 'regrade.stopped' ? 'log.itself' : 'somebodyGone')}: {text(t, action, detail)}
            </span>
            <LocalTime at={at} className="text-small text-ink-soft" />
          </li>
        ))}
      </ol>
    </section>
  )
}

type Translate = ReturnType<typeof useTranslations<'regrades'>>

function text(t: Translate, action: string, detail: AuditView['detail']): string {
  const known = ACTIONS.find((each) => action === `regrade.${each}`)
  if (!known) return action
  const count = (name: string): number => Number(detail[name] ?? 0)
  return t(`log.${known}`, {
    total: count('total'), raised: count('raised'), lowered: count('lowered'), kept: count('kept'),
  })
}
