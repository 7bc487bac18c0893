import { FileCode2 } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { Viewer } from '@/lib/contract/account'
import { getCell, getCellSource } from '@/lib/learn/classes/cell'
import { findExercise } from '@/lib/learn/topics'
import { ClientMessages } from '../../../../../_i18n/client-messages'
import { OverallComments } from '../../../../../_marking/overall-comments'
import { firstValue } from '../../../../../_session/query'
import { EmptyState } from '../../../../../_ui/empty-state'
import { GroupList } from '../../../../../_verdict/group-list'
import { VerdictBadge } from '../../../../../_verdict/verdict-badge'
import { VerdictSummary } from '../../../../../_verdict/verdict-summary'
import { ClassFrame } from '../../../_components/class-frame'
import { classMetadata, classPage } from '../../../_components/class-page'
import { MarkPanel } from './_components/mark-panel'
import { Neighbours } from './_components/neighbours'
import { SourcePanel, VIEWS, type SourceView } from './_components/source-panel'
import { SubmissionList } from './_components/submission-list'
import { CellTerms } from './_components/terms'

type Props = PageProps<'/classes/[class]/gradebook/[student]/[item]'>

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return classMetadata((await params).class, 'gradebook')
}

export default async function Cell({ params, searchParams }: Props) {
  const place = await params
  const query = await searchParams
  const view = VIEWS.find((each) => each === firstValue(query.view)) ?? 'code'
  return classPage(pathOf(place), (viewer) => renderPage(viewer, place, firstValue(query.submission), view))
}

interface Place {
  class: string
  student: string
  item: string
}

async function renderPage(viewer: Viewer, place: Place, submission: string | undefined, view: SourceView) {
  const { class: classId, student: studentId, item: itemId } = place
  const cell = await getCell(viewer, classId, studentId, itemId)
  const counting = cell.submissions.find(({ standing }) => standing === 'counts')
  const shown = submission ?? (counting ?? cell.submissions[0])?.id
  const source = shown === undefined
    ? null : await getCellSource(viewer, classId, { student: studentId, item: itemId, submission: shown })
  const t = await getTranslations('gradebook')
  const exercise = await findExercise(cell.item.exercise)
  const locale = await getLocale()
  const { student, set, item, terms, may } = cell
  const write = source && may.comment ? { classId, submission: source.id } : undefined
  const linkTo = (submissionId: string | undefined, next: SourceView) =>
    pathOf(place, { submission: submissionId, view: next })
  return (
    <ClassFrame classId={classId} viewer={viewer} current="gradebook">
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4 pb-7">
        <div className="min-w-0">
          <p className="text-ui text-ink-soft">
            <Link href={`/classes/${classId}/gradebook`} className="text-link">
              {t('work.back')}
            </Link>
            <span aria-hidden> / </span>
            {set.title}
            <span aria-hidden> / </span>
            <Link href={`/exercises/${item.exercise}`} className="text-link">
              {item.title?.[locale] ?? item.exercise}
            </Link>
          </p>
          <h2 className="mt-1 text-title font-semibold wrap-anywhere">{student.name}</h2>
          <p className="text-small text-ink-soft wrap-anywhere">
            {[student.email, student.externalId, student.section].filter(Boolean).join(' · ')}
          </p>
        </div>
        <Neighbours
          previous={cell.previous} next={cell.next} hrefOf={(id) => pathOf({ ...place, student: id }, { view })}
        />
      </header>
      <ClientMessages areas={['gradebook', 'comments', 'errors']}>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-10 lg:grid-cols-[minmax(0,24rem)_minmax(0,1fr)]">
          <div className="flex flex-col gap-6">
            <MarkPanel key={`${studentId} ${itemId}`} cell={cell} />
            <CellTerms terms={terms} zone={cell.class.timeZone} />
            <section aria-labelledby="submissions" className="flex flex-col gap-3">
              <h3 id="submissions" className="text-title font-semibold">{t('work.submissions')}</h3>
              {source ? (
                <SubmissionList
                  submissions={cell.submissions} zone={cell.class.timeZone} shown={source.id}
                  attemptLimit={terms.attemptLimit} hrefOf={(id) => linkTo(id, view)}
                />
              ) : (
                <EmptyState icon={<FileCode2 />} title={t('work.none.title')}>
                  {t('work.none.text', { name: student.name })}
                </EmptyState>
              )}
            </section>
          </div>
          {source && (
            <div className="flex min-w-0 flex-col gap-10">
              <section aria-labelledby="code" className="min-w-0">
                <h3 id="code" className="sr-only">{t('work.code')}</h3>
                <SourcePanel source={source} view={view} write={write} hrefOf={(next) => linkTo(source.id, next)} />
              </section>
              {(write || source.comments.some(({ line }) => line === null)) && (
                <section aria-labelledby="overall" className="flex flex-col gap-3">
                  <h3 id="overall" className="text-title font-semibold">{t('work.overall')}</h3>
                  <OverallComments key={source.id} comments={source.comments} write={write} />
                </section>
              )}
              <section aria-labelledby="verdict" className="flex flex-col gap-4">
                <h3 id="verdict" className="flex flex-wrap items-center gap-3 text-title font-semibold">
                  {t('work.verdict')}
                  <VerdictBadge submission={source} />
                </h3>
                <VerdictSummary submission={{ ...source, place: null, hint: null }} />
                {source.verdict && source.verdict.verdict !== 'error' && (
                  <GroupList verdict={source.verdict} about={exercise?.groups ?? []} />
                )}
              </section>
            </div>
          )}
        </div>
      </ClientMessages>
    </ClassFrame>
  )
}

function pathOf(place: Place, { submission, view = 'code' }: { submission?: string; view?: SourceView } = {}): string {
  const query = new URLSearchParams({
    ...(submission === undefined ? {} : { submission }), ...(view === 'code' ? {} : { view }),
  })
  const path = `/classes/${place.class}/gradebook/${place.student}/${place.item}`
  return query.size === 0 ? path : `${path}?${query}`
}
