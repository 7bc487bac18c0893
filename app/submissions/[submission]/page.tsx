import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { requireViewer } from '@/lib/auth/viewer'
import { isProblemError } from '@/lib/contract/problem'
import { findSubmission } from '@/lib/learn/submissions'
import { findExercise } from '@/lib/learn/topics'
import { orUnavailable } from '../../_session/or-unavailable'
import { Alert } from '../../_ui/alert'
import { LinkButton } from '../../_ui/button'
import { LocalTime } from '../../_ui/local-time'
import { Page } from '../../_ui/page'
import { GroupList } from '../../_verdict/group-list'
import { Score } from '../../_verdict/score'
import { VerdictBadge } from '../../_verdict/verdict-badge'
import { VerdictSummary } from '../../_verdict/verdict-summary'
import { Editorial } from './_components/editorial'
import { Facts } from './_components/facts'
import { LiveRefresh } from './_components/live-refresh'
import { Regrades } from './_components/regrades'
import { Share } from './_components/share'
import { Source } from './_components/source'

const getOwnSubmission = cache(async (id: string) => {
  const viewer = await requireViewer(`/submissions/${id}`)
  return (await findSubmission(viewer.id, id, await getLocale())) ?? notFound()
})

export async function generateMetadata({ params }: PageProps<'/submissions/[submission]'>): Promise<Metadata> {
  const t = await getTranslations('submissions')
  try {
    const submission = await getOwnSubmission((await params).submission)
    const exercise = await findExercise(submission.exercise)
    return { title: exercise?.title[await getLocale()] ?? submission.exercise }
  } catch (error) {
    // The page itself says what is wrong.
    if (isProblemError(error)) return { title: t('title') }
    throw error
  }
}

export default async function Submission({ params }: PageProps<'/submissions/[submission]'>) {
  const { submission } = await params
  return orUnavailable(() => renderPage(submission))
}

async function renderPage(id: string) {
  const submission = await getOwnSubmission(id)
  const t = await getTranslations('submissions')
  const locale = await getLocale()
  const exercise = await findExercise(submission.exercise)
  const { verdict, regrades } = submission
  const latest = regrades?.results[0]?.verdict ?? verdict
  return (
    <Page className="pt-10">
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4 border-b border-line pb-7">
        <div className="min-w-0">
          <p className="text-ui text-ink-soft">
            <Link href="/submissions" className="text-link">
              {t('title')}
            </Link>
            <span aria-hidden> / </span>
            <LocalTime at={submission.submittedAt} />
          </p>
          <h1 className="mt-2 text-display font-[640] text-balance">
            {exercise?.title[locale] ?? submission.exercise}
          </h1>
          <p className="mt-3 flex items-center gap-3">
            <VerdictBadge submission={submission} />
            {verdict && verdict.verdict !== 'error' && <Score verdict={verdict} />}
          </p>
        </div>
        {exercise ? (
          <LinkButton href={`/exercises/${exercise.slug}`} tone="primary">
            {t('open')}
          </LinkButton>
        ) : (
          <p className="text-ui text-ink-soft">{t('gone')}</p>
        )}
      </header>
      {submission.state !== 'done' && <LiveRefresh id={submission.id} />}
      <div
        className={
          'grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-10 pt-8 ' +
          'lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]'
        }
      >
        <div className="flex flex-col gap-6">
          <div role="status">
            <VerdictSummary submission={submission} />
          </div>
          {verdict && regrades && <Regrades regrades={regrades} original={verdict} about={exercise?.groups ?? []} />}
          {latest && exercise && latest.exerciseVersion !== exercise.version && <Alert>{t('outdated')}</Alert>}
          {verdict && verdict.verdict !== 'error' && verdict.groups.length > 0 && (
            <section aria-labelledby="rules" className="flex flex-col gap-3">
              <h2 id="rules" className="text-title font-semibold">
                {t(regrades ? 'regrades.rules.first' : 'rules')}
              </h2>
              <GroupList verdict={verdict} about={exercise?.groups ?? []} />
            </section>
          )}
          {verdict && <Facts verdict={verdict} />}
        </div>
        <Source submission={submission} />
      </div>
      {(verdict?.verdict === 'passed' || latest?.verdict === 'passed') && (
        <>
          <Share exercise={submission.exercise} submission={submission.id} isOffered={exercise !== null} />
          <Editorial exercise={submission.exercise} />
        </>
      )}
    </Page>
  )
}
