import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { listTopics } from '@/lib/learn/topics'
import { findOwnProgress } from '../_session/progress'
import { lookUpViewer } from '../_session/viewer'
import { Page, PageHeader } from '../_ui/page'
import { TopicCard } from './_components/topic-card'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('topics')
  return { title: t('title'), description: t('lead') }
}

export default async function Topics() {
  const t = await getTranslations('topics')
  const locale = await getLocale()
  const topics = await listTopics()
  const progress = await findOwnProgress()
  const { viewer } = await lookUpViewer()
  return (
    <Page>
      <PageHeader title={t('title')} lead={t('lead')} />
      <ol className="grid border-t border-line sm:grid-cols-2 sm:gap-x-10 lg:gap-x-16">
        {topics.map((topic, index) => (
          <li key={topic.slug} className="border-b border-line">
            <TopicCard
              slug={topic.slug}
              number={index + 1}
              title={topic.title[locale]}
              summary={topic.summary[locale]}
              total={topic.exercises.length}
              passed={viewer && topic.exercises.filter(({ slug }) => progress.get(slug)?.state === 'passed').length}
            />
          </li>
        ))}
      </ol>
    </Page>
  )
}
