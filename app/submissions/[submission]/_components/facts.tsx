import { useTranslations } from 'next-intl'
import type { VerdictView } from '@/lib/contract/verdict'

const KIB_PER_MIB = 1024
const SHORT = 12

/** What a verdict rests on: time, memory, versions. */
export function Facts({ verdict }: { verdict: VerdictView }) {
  const t = useTranslations('submissions')
  const { stats, limits } = verdict
  const facts: [string, string][] = [
    [t('facts.wall'), t('facts.wallValue', { ms: Math.round(stats.wallMs), limit: limits.wallMs })],
    ...(stats.guestPeakRssKb === null
      ? []
      : ([[
          t('facts.memory'),
          t('facts.memoryValue', { mib: Math.round(stats.guestPeakRssKb / KIB_PER_MIB), limit: limits.memoryMiB }),
        ]] satisfies [string, string][])),
    [t('facts.version'), verdict.exerciseVersion.slice(0, SHORT)],
    [t('facts.runtime'), verdict.runtimeVersion],
  ]
  return (
    <section aria-labelledby="details">
      <h2 id="details" className="mb-3 text-title font-semibold">
        {t('details')}
      </h2>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-ui">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="min-w-0 break-words figures">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
