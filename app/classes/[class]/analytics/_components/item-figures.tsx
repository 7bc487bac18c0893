import { useTranslations } from 'next-intl'
import type { Bin, ItemFigures, MarkDistribution } from '@/lib/contract/analytics'
import { Bars } from './bars'
import { Facts } from './facts'
import { useFigures } from './use-figures'

export function ItemFacts({ figures, marks }: { figures: ItemFigures; marks: MarkDistribution }) {
  const t = useTranslations('insight.analytics.facts')
  const { points, number, duration } = useFigures()
  const of = (value: string | number, all: string | number): string => t('of', { value, all })
  return (
    <Facts
      facts={[
        { name: t('started'), value: of(figures.started, figures.students) },
        { name: t('passed'), value: of(figures.passed, figures.students) },
        { name: t('stuck'), value: String(figures.stuck) },
        { name: t('medianMark'), value: of(points(marks.median), points(marks.max)) },
        { name: t('medianAttempts'), value: number(figures.medianAttempts) },
        { name: t('medianTime'), value: duration(figures.medianTimeMs) },
      ]}
    />
  )
}

export function TimeBars({ bins }: { bins: readonly Bin[] }) {
  const t = useTranslations('insight.analytics.times')
  const { duration } = useFigures()
  const nameOf = ({ from, to }: Bin): string => {
    if (from === to) return t('atOnce')
    if (to === null) return t('from', { from: duration(from) })
    return from === 0 ? t('below', { to: duration(to) }) : t('between', { from: duration(from), to: duration(to) })
  }
  const rows = bins.map((bin) => ({ name: nameOf(bin), count: bin.count }))
  return <Bars label={t('title')} head={t('range')} rows={rows} />
}

export function AttemptBars({ bins }: { bins: readonly Bin[] }) {
  const t = useTranslations('insight.analytics.attempts')
  const nameOf = ({ from, to }: Bin): string => {
    if (to === null) return t('from', { from })
    return to - from === 1 ? String(from) : t('between', { from, to: to - 1 })
  }
  const rows = bins.map((bin) => ({ name: nameOf(bin), count: bin.count }))
  return <Bars label={t('title')} head={t('range')} rows={rows} />
}
