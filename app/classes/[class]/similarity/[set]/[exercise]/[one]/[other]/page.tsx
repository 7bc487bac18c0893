import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import type { Viewer } from '@/lib/contract/account'
import type { SimilarityDetail } from '@/lib/contract/similarity'
import { getSimilarityDetail } from '@/lib/learn/classes/similarity'
import { ClientMessages } from '../../../../../../../_i18n/client-messages'
import { Badge } from '../../../../../../../_ui/badge'
import { ClassFrame } from '../../../../../_components/class-frame'
import { classMetadata, classPage } from '../../../../../_components/class-page'
import { findClass } from '../../../../../_components/find-class'
import { MarkedSource } from '../../../../_components/marked-source'
import { Program } from '../../../../_components/pair-table'
import { PlaceList } from '../../../../_components/place-list'
import { Purpose } from '../../../../_components/purpose'
import { SimilarityHead } from '../../../../_components/similarity-head'

type Props = PageProps<'/classes/[class]/similarity/[set]/[exercise]/[one]/[other]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return classMetadata((await params).class, 'analytics')
}

export default async function SimilarityDetailPage({ params }: Props) {
  const { class: classId, set, exercise, one, other } = await params
  const path = `/classes/${classId}/similarity/${set}/${exercise}/${one}/${other}`
  return classPage(path, async (viewer) =>
    renderPage(viewer, classId, await getSimilarityDetail(viewer, classId, set, exercise, { one, other })))
}

async function renderPage(viewer: Viewer, classId: string, detail: SimilarityDetail) {
  const { timeZone } = await findClass(viewer, classId)
  const t = await getTranslations('insight.similarity.detail')
  const { one, other, percent, shared, of, regions } = detail
  const title = detail.title?.[await getLocale()] ?? detail.exercise
  return (
    <ClassFrame classId={classId} viewer={viewer} current="analytics">
      <SimilarityHead
        classId={classId} of={detail} title={title}
        heading={t('title', { one: one.student.name, other: other.student.name })}
        action={<Badge tone="accent">{t('alike', { percent: Math.floor(percent) })}</Badge>}
      />
      <Purpose />
      <section aria-labelledby="places" className="mb-6">
        <h3 id="places" className="text-body font-semibold">
          {t('regions')}
        </h3>
        <p className="mb-3 text-ui text-ink-soft">{regions.length > 0 ? t('facts', { shared, of }) : t('noRegions')}</p>
        <ClientMessages areas={['insight']}>
          <PlaceList regions={regions} />
        </ClientMessages>
      </section>
      {/* As wide as the window allows: two programs need it. */}
      <div
        className="grid gap-6 lg:grid-cols-2"
        style={{ marginInline: 'max(-22rem, min(0px, calc((76rem - 100vw) / 2 + 1.5rem)))' }}
      >
        <Pane side="one" program={one} zone={timeZone} places={regions.map((region) => region.one)} />
        <Pane side="other" program={other} zone={timeZone} places={regions.map((region) => region.other)} />
      </div>
    </ClassFrame>
  )
}

async function Pane({ side, program, zone, places }: {
  side: 'one' | 'other'
  zone: string
  program: SimilarityDetail['one']
  places: { from: number; to: number }[]
}) {
  const t = await getTranslations('insight.similarity.detail')
  return (
    <section aria-label={t('source', { name: program.student.name })} className="flex min-w-0 flex-col gap-2 text-ui">
      <Program program={program} zone={zone} />
      <div data-pane className="max-h-[80vh] overflow-y-auto overscroll-contain rounded-md">
        <MarkedSource source={program.source} side={side} places={places} />
      </div>
    </section>
  )
}
