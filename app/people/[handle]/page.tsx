import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { isProblemError } from '@/lib/contract/problem'
import { findProfile } from '@/lib/learn/profile'
import { listTopics } from '@/lib/learn/topics'
import { ProfileSections } from '../../_profile/profile-sections'
import { orUnavailable } from '../../_session/or-unavailable'
import { lookUpViewer } from '../../_session/viewer'
import { Alert } from '../../_ui/alert'
import { Page, PageHeader } from '../../_ui/page'
import { BoardLink } from './_components/board-link'

const getProfile = cache(async (handle: string) => {
  const { viewer } = await lookUpViewer()
  return (await findProfile(handle, viewer?.id ?? null)) ?? notFound()
})

export async function generateMetadata({ params }: PageProps<'/people/[handle]'>): Promise<Metadata> {
  const t = await getTranslations('profile')
  try {
    return { title: (await getProfile((await params).handle)).handle }
  } catch (error) {
    // The page itself says what is wrong.
    if (isProblemError(error)) return { title: t('title') }
    throw error
  }
}

export default async function Profile({ params }: PageProps<'/people/[handle]'>) {
  const { handle } = await params
  return orUnavailable(() => renderPage(handle))
}

async function renderPage(handle: string) {
  const profile = await getProfile(handle)
  const t = await getTranslations('profile')
  const topics = await listTopics()
  const passed = new Set(profile.topics.flatMap((topic) => topic.passed))
  const total = topics.flatMap(({ exercises }) => exercises).length
  return (
    <Page>
      <PageHeader
        title={profile.handle ?? ''}
        lead={
          <>
            {t('lead', { passed: passed.size, total })} <BoardLink handle={handle} />
          </>
        }
      />
      {!profile.public && (
        <Alert>
          {t.rich('private', {
            settings: (words) => <Link href="/settings#profile" className="text-link">{words}</Link>,
          })}
        </Alert>
      )}
      <ProfileSections
        profile={profile} topics={topics} own={false}
        stateOf={(slug) => (passed.has(slug) ? 'passed' : 'untouched')}
      />
    </Page>
  )
}
