import { DoorClosed, Hourglass, UserX, UsersRound } from 'lucide-react'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { redirect } from 'next/navigation'
import { requireViewer } from '@/lib/auth/viewer'
import { isProblemError } from '@/lib/contract/problem'
import { previewJoin } from '@/lib/learn/classes/join'
import { JoinForm } from '../../_join/join-form'
import { ClientMessages } from '../../_i18n/client-messages'
import { orUnavailable } from '../../_session/or-unavailable'
import { Message } from '../../_shell/message'
import { LinkButton } from '../../_ui/button'
import { JoinButton } from './_components/join-button'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('classes.join')
  // The address holds a code that opens a class: it goes nowhere else.
  return { title: t('metaTitle'), robots: { index: false }, referrer: 'no-referrer' }
}

export default async function Join({ params }: PageProps<'/join/[code]'>) {
  const code = decodeURIComponent((await params).code)
  return orUnavailable(() => renderPage(code))
}

async function renderPage(code: string) {
  const viewer = await requireViewer(`/join/${encodeURIComponent(code)}`)
  const t = await getTranslations('classes.join')
  const home = <LinkButton href="/classes">{t('home')}</LinkButton>
  const preview = await previewJoin(viewer, code).catch((error: unknown) => {
    if (isProblemError(error) && error.code === 'too-many-requests') return 'too-many' as const
    throw error
  })
  if (preview === 'too-many') {
    return <Message icon={<Hourglass />} title={t('tooManyTitle')} text={t('tooManyText')}>{home}</Message>
  }
  if (!preview) {
    return (
      <Message icon={<DoorClosed />} title={t('closedTitle')} text={t('closedText')}>
        <ClientMessages areas={['classes']}>
          <JoinForm />
        </ClientMessages>
      </Message>
    )
  }
  const { classId, name, term, instructors, standing } = preview
  if (standing === 'member') redirect(`/classes/${classId}`)
  if (standing === 'removed') {
    return <Message icon={<UserX />} title={t('removedTitle', { name })} text={t('removedText')}>{home}</Message>
  }
  const taughtBy = instructors.length > 0 ? t('taughtBy', { names: instructors.join(', ') }) : null
  return (
    <Message
      icon={<UsersRound />}
      title={t('title', { name })}
      text={[term, taughtBy].filter(Boolean).join(' · ')}
    >
      <div className="-mt-3 flex w-full max-w-note flex-col gap-6">
        <p className="text-ui text-ink-soft">{t('sees')}</p>
        <ClientMessages areas={['classes', 'errors']}>
          <JoinButton code={code} cancel={<LinkButton href="/classes">{t('cancel')}</LinkButton>} />
        </ClientMessages>
      </div>
    </Message>
  )
}
