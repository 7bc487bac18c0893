import { FileCode2 } from 'lucide-react'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { requireViewer } from '@/lib/auth/viewer'
import { listSubmissions } from '@/lib/learn/submissions'
import { listTopics } from '@/lib/learn/topics'
import { ClientMessages } from '../_i18n/client-messages'
import { orUnavailable } from '../_session/or-unavailable'
import { firstValue } from '../_session/query'
import { LinkButton } from '../_ui/button'
import { EmptyState } from '../_ui/empty-state'
import { Page, PageHeader } from '../_ui/page'
import { ExerciseFilter } from './_components/exercise-filter'
import { SubmissionTable } from './_components/submission-table'

const PAGE_SIZE = 50

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('submissions')
  return { title: t('title') }
}

export default async function Submissions({ searchParams }: PageProps<'/submissions'>) {
  const query = await searchParams
  return orUnavailable(() => renderPage(firstValue(query.exercise), firstValue(query.before)))
}

async function renderPage(exercise: string | undefined, before: string | undefined) {
  const viewer = await requireViewer(hrefOf({ exercise, before }))
  const t = await getTranslations('submissions')
  const locale = await getLocale()

  const exercises = (await listTopics()).flatMap((topic) => topic.exercises)
  const titles = new Map(exercises.map((each) => [each.slug, each.title[locale]]))
  // One more than is shown tells whether there is a next page.
  const found = await listSubmissions(viewer.id, { exercise, before, limit: PAGE_SIZE + 1 }, locale)
  const shown = found.slice(0, PAGE_SIZE)
  const last = shown.at(-1)
  const title = exercise && titles.get(exercise)

  return (
    <Page>
      <PageHeader
        title={t('title')}
        lead={title ? t('leadOf', { title }) : t('lead')}
        action={
          <ClientMessages areas={['submissions']}>
            <ExerciseFilter
              key={exercise}
              exercise={title ? (exercise ?? '') : ''}
              options={exercises.map((each) => ({ slug: each.slug, title: each.title[locale] }))}
            />
          </ClientMessages>
        }
      />
      {last ? (
        <SubmissionTable submissions={shown} titles={titles} />
      ) : (
        <EmptyState
          icon={<FileCode2 />}
          title={t('empty.title')}
          action={
            <LinkButton href="/" tone="primary">
              {t('empty.action')}
            </LinkButton>
          }
        >
          {t('empty.text')}
        </EmptyState>
      )}
      <div className="mt-6 flex justify-between gap-4 text-ui">
        {before ? (
          <Link href={hrefOf({ exercise })} className="text-link">
            {t('newest')}
          </Link>
        ) : (
          <span />
        )}
        {found.length > PAGE_SIZE && last && (
          <Link href={hrefOf({ exercise, before: last.id })} className="text-link">
            {t('older')}
          </Link>
        )}
      </div>
    </Page>
  )
}

function hrefOf(query: { exercise?: string; before?: string }): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return given.length === 0 ? '/submissions' : `/submissions?${new URLSearchParams(given)}`
}
