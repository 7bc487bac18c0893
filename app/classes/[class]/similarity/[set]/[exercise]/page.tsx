import { GitCompareArrows } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import type { Viewer } from '@/lib/contract/account'
import { MOST_PAIRS, type SimilarityView } from '@/lib/contract/similarity'
import { getSimilarity } from '@/lib/learn/classes/similarity'
import { EmptyState } from '../../../../../_ui/empty-state'
import { ClassFrame } from '../../../_components/class-frame'
import { classMetadata, classPage } from '../../../_components/class-page'
import { findClass } from '../../../_components/find-class'
import { PairTable } from '../../_components/pair-table'
import { Purpose } from '../../_components/purpose'
import { SimilarityHead } from '../../_components/similarity-head'

type Props = PageProps<'/classes/[class]/similarity/[set]/[exercise]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return classMetadata((await params).class, 'analytics')
}

export default async function SimilarityPage({ params }: Props) {
  const { class: classId, set, exercise } = await params
  const path = `/classes/${classId}/similarity/${set}/${exercise}`
  return classPage(path, (viewer) => renderPage(viewer, classId, set, exercise))
}

async function renderPage(viewer: Viewer, classId: string, setId: string, exercise: string) {
  const view = await getSimilarity(viewer, classId, setId, exercise)
  const { timeZone } = await findClass(viewer, classId)
  const t = await getTranslations('insight.similarity')
  const locale = await getLocale()
  return (
    <ClassFrame classId={classId} viewer={viewer} current="analytics">
      <SimilarityHead classId={classId} of={view} title={view.title?.[locale] ?? exercise} />
      <Purpose />
      {view.typical === null ? (
        <EmptyState icon={<GitCompareArrows />} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <Pairs
          view={view} typical={view.typical} zone={timeZone}
          path={`/classes/${classId}/similarity/${setId}/${exercise}`}
        />
      )}
      {view.tooSmall.length > 0 && (
        <p className="mt-6 max-w-wide text-ui text-ink-soft">
          {t('tooSmall', { count: view.tooSmall.length, names: view.tooSmall.map(({ name }) => name).join(', ') })}
        </p>
      )}
    </ClassFrame>
  )
}

async function Pairs({ view, typical, path, zone }: {
  view: SimilarityView
  typical: NonNullable<SimilarityView['typical']>
  path: string
  zone: string
}) {
  const t = await getTranslations('insight.similarity')
  const { programs, others, othersLeftOut, pairsCompared, pairsNotable, notablePercent, pairs } = view
  const notable = pairs.filter(({ percent }) => percent >= notablePercent)
  const below = pairs.slice(notable.length)
  return (
    <>
      <div className="mb-8 flex max-w-wide flex-col gap-1 text-ui text-ink-soft">
        <p>
          {t(others > 0 ? 'comparedOthers' : 'compared', { programs, others, pairs: pairsCompared })}
          {othersLeftOut > 0 && ` ${t('leftOut', { count: othersLeftOut })}`}
        </p>
        <p>{t('typical', { ...typical, notable: notablePercent })}</p>
      </div>
      <h3 className="mb-3 text-body font-semibold">
        {t('notable')} <span className="font-normal text-ink-soft figures">({pairsNotable})</span>
      </h3>
      {notable.length > 0 ? <PairTable path={path} zone={zone} label={t('notable')} pairs={notable} /> : (
        <p className="text-ui text-ink-soft">{t('noneNotable', { notable: notablePercent })}</p>
      )}
      {pairs.length === MOST_PAIRS && <p className="mt-4 text-ui text-ink-soft">{t('limit', { count: MOST_PAIRS })}</p>}
      {below.length > 0 && (
        <details className="mt-8">
          <summary className="text-body font-semibold">
            {t('below')}{' '}
            <span className="font-normal text-ink-soft">
              ({t('belowCount', { count: pairsCompared - pairsNotable, notable: notablePercent })})
            </span>
          </summary>
          <div className="mt-3">
            <PairTable path={path} zone={zone} label={t('below')} pairs={below} />
          </div>
        </details>
      )}
    </>
  )
}
