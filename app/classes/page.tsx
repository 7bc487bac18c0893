import { GraduationCap, Plus } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { signInPath } from '@/lib/auth/redirect'
import { getViewer } from '@/lib/auth/viewer'
import type { Viewer } from '@/lib/contract/account'
import { listClasses, listOtherClasses } from '@/lib/learn/classes/classes'
import { listOwnInvitations } from '@/lib/learn/classes/own-invitations'
import { ClientMessages } from '../_i18n/client-messages'
import { JoinForm } from '../_join/join-form'
import { orUnavailable } from '../_session/or-unavailable'
import { signUpPath } from '../_session/sign-up-path'
import { LinkButton } from '../_ui/button'
import { EmptyState } from '../_ui/empty-state'
import { Page, PageHeader } from '../_ui/page'
import { ClassList } from './_components/class-list'
import { OwnInvitations } from './_components/own-invitations'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('classes')
  return { title: t('title') }
}

export default function Classes() {
  return orUnavailable(async () => {
    const viewer = await getViewer()
    return viewer ? <OwnClasses viewer={viewer} /> : <ForVisitors />
  })
}

async function OwnClasses({ viewer }: { viewer: Viewer }) {
  const t = await getTranslations('classes')
  const [classes, others, invitations] = await Promise.all([
    listClasses(viewer), listOtherClasses(viewer), listOwnInvitations(viewer),
  ])
  const present = classes.filter(({ archivedAt }) => archivedAt === null)
  const archived = classes.filter(({ archivedAt }) => archivedAt !== null)
  const mayTeach = viewer.role !== 'learner'
  return (
    <Page>
      <PageHeader
        title={t('title')}
        lead={t('list.lead')}
        action={mayTeach && (
          <LinkButton href="/classes/new" tone="primary">
            <Plus aria-hidden />
            {t('list.new')}
          </LinkButton>
        )}
      />
      <ClientMessages areas={['classes', 'errors']}>
        <OwnInvitations invitations={invitations} />
        {present.length > 0 ? (
          <ClassList label={t('title')} classes={present} />
        ) : (
          <EmptyState icon={<GraduationCap />} title={t('list.none')}>
            {t(mayTeach ? 'list.noneStaff' : 'list.noneText')}
          </EmptyState>
        )}
        <div className="mt-10">
          <JoinForm />
        </div>
      </ClientMessages>
      {archived.length > 0 && <ClassList title={t('list.archived')} label={t('list.archived')} classes={archived} />}
      {others.length > 0 && (
        <ClassList title={t('list.others')} text={t('list.othersText')} label={t('list.others')} classes={others} />
      )}
    </Page>
  )
}

async function ForVisitors() {
  const t = await getTranslations('classes')
  return (
    <Page>
      <PageHeader title={t('title')} lead={t('list.lead')} />
      <EmptyState
        icon={<GraduationCap />}
        title={t('list.visitor')}
        action={
          <div className="flex flex-wrap justify-center gap-3">
            <LinkButton href={signInPath('/classes')} tone="primary">
              {t('list.signIn')}
            </LinkButton>
            <LinkButton href={signUpPath('/classes')}>{t('list.signUp')}</LinkButton>
          </div>
        }
      >
        {t('list.visitorText')}
      </EmptyState>
    </Page>
  )
}
