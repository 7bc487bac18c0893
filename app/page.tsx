import { LibraryBig } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import { entriesOf, topicsOf } from './_catalogue/entry'
import { firstExercise } from '@/lib/learn/first-exercise'
import { findExercise, listTopics } from '@/lib/learn/topics'
import { Hero } from './_home/hero'
import { Resume } from './_home/resume'
import { Shelf } from './_home/shelf'
import { ClientMessages } from './_i18n/client-messages'
import { findNext } from './_next/find-next'
import { findOwnProgress } from './_session/progress'
import { lookUpViewer } from './_session/viewer'
import { EmptyState } from './_ui/empty-state'
import { Page } from './_ui/page'

export default async function Home() {
  const topics = await listTopics()
  const progress = await findOwnProgress()
  const { viewer } = await lookUpViewer()
  const entries = entriesOf(topics, progress)
  const first = firstExercise(topics)
  const firstPage = first && (await findExercise(first.slug))
  if (!firstPage) return <NoContent />
  return (
    <Page>
      {viewer ? (
        <Resume
          name={viewer.name}
          steps={(await findNext(viewer.id)) ?? []}
          topics={topics}
          passed={entries.filter((entry) => entry.state === 'passed').length}
          total={entries.length}
        />
      ) : (
        <Hero first={firstPage} exercises={entries.length} topics={topics.length} />
      )}
      <ClientMessages areas={['home']}>
        <Shelf topics={topicsOf(topics)} entries={entries} signedIn={viewer !== null} />
      </ClientMessages>
    </Page>
  )
}

async function NoContent() {
  const t = await getTranslations('home.empty')
  return (
    <Page className="pt-16">
      <EmptyState icon={<LibraryBig />} title={t('title')}>
        {t('text')}
      </EmptyState>
    </Page>
  )
}
