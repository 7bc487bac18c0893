import { ChartNoAxesColumnIncreasing, Flag } from 'lucide-react'
import type { Metadata } from 'next'
import { getTimeZone, getTranslations } from 'next-intl/server'
import { signInPath } from '@/lib/auth/redirect'
import { getViewer } from '@/lib/auth/viewer'
import type { Viewer } from '@/lib/contract/account'
import { nextForYou } from '@/lib/learn/next-for-you'
import { getProfileSettings, ownProfile } from '@/lib/learn/profile'
import { progressOf } from '@/lib/learn/progress'
import { listTopics } from '@/lib/learn/topics'
import { NextForYou } from '../_next/next-for-you'
import { ProfileSections } from '../_profile/profile-sections'
import { signUpPath } from '../_session/sign-up-path'
import { orUnavailable } from '../_session/or-unavailable'
import { LinkButton } from '../_ui/button'
import { EmptyState } from '../_ui/empty-state'
import { Page, PageHeader } from '../_ui/page'
import { ProfileLink } from './_components/profile-link'
import { StartedTopics } from './_components/started-topics'
import { Totals } from './_components/totals'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('progress')
  return { title: t('title') }
}

export default function Progress() {
  return orUnavailable(async () => {
    const viewer = await getViewer()
    return viewer ? <Own viewer={viewer} /> : <ForVisitors />
  })
}

async function Own({ viewer }: { viewer: Viewer }) {
  const t = await getTranslations('progress')
  const boards = await getTranslations('leaderboard')
  const topics = await listTopics()
  const progress = await progressOf(viewer.id)
  const profile = await ownProfile(viewer.id, await getTimeZone())
  const { handle, public: isPublic, onBoards, barred } = await getProfileSettings(viewer.id)
  const states = new Map(progress.map(({ exercise, state }) => [exercise, state]))
  return (
    <Page>
      <PageHeader
        title={t('title')}
        lead={<ProfileLink handle={handle} isPublic={isPublic} onBoards={onBoards && !barred} />}
        action={
          <div className="flex flex-wrap gap-2">
            <LinkButton href="/leaderboard">{boards('link.own')}</LinkButton>
            <LinkButton href="/submissions">{t('submissions')}</LinkButton>
          </div>
        }
      />
      <Totals exercises={topics.flatMap(({ exercises }) => exercises)} progress={progress} />
      <NextForYou steps={await nextForYou(viewer.id)} topics={topics} />
      <ProfileSections
        profile={profile} topics={topics} own stateOf={(slug) => states.get(slug) ?? 'untouched'}
      />
      {progress.some(({ state }) => state !== 'untouched') ? (
        <StartedTopics topics={topics} progress={progress} />
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
