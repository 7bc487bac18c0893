import { ChartNoAxesColumnIncreasing, Flag } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { signInPath } from '@/lib/auth/redirect'
import { progressOf } from '@/lib/learn/progress'
import { listTopics } from '@/lib/learn/topics'
import { signUpPath } from '../_session/sign-up-path'
import { orUnavailable } from '../_session/or-unavailable'
import { getViewer } from '@/lib/auth/viewer'
import { LinkButton } from '../_ui/button'
import { EmptyState } from '../_ui/empty-state'
import { Page, PageHeader } from '../_ui/page'
import { StartedTopics } from './_components/started-topics'
import { Totals } from './_components/totals'
import { TopicMap } from './_components/topic-map'
import { standingsOf } from './_components/standing'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('progress')
  return { title: t('title') }
}

export default function Progress() {
  return orUnavailable(async () => {
    const viewer = await getViewer()
    if (!viewer) return <ForVisitors />
    const standings = standingsOf(await listTopics(), await progressOf(viewer.id))
    const t = await getTranslations('progress')
    const started = standings.filter((topic) => topic.exercises.some(({ progress }) => progress.state !== 'untouched'))
    return (
      <Page>
        <PageHeader
          title={t('title')}
          lead={t('lead')}
          action={<LinkButton href="/submissions">{t('submissions')}</LinkButton>}
        />
        <Totals standings={standings} />
        <TopicMap standings={standings} />
        {started.length > 0 ? (
          <StartedTopics standings={started} />
        ) : (
          <EmptyState
            className="mt-12"
            icon={<Flag />}
            title={t('none.title')}
            action={
              <LinkButton href="/exercises" tone="primary">
                {t('none.action')}
              </LinkButton>
            }
          >
            {t('none.text')}
          </EmptyState>
        )}
      </Page>
    )
  })
}

async function ForVisitors() {
  const t = await getTranslations('progress')
  return (
    <Page>
      <PageHeader title={t('title')} lead={t('lead')} />
      <EmptyState
        icon={<ChartNoAxesColumnIncreasing />}
        title={t('visitor.title')}
        action={
          <div className="flex flex-wrap justify-center gap-3">
            <LinkButton href={signInPath('/progress')} tone="primary">
              {t('visitor.action')}
            </LinkButton>
            <LinkButton href={signUpPath('/progress')}>{t('visitor.other')}</LinkButton>
          </div>
        }
      >
        {t('visitor.text')}
      </EmptyState>
    </Page>
  )
}
