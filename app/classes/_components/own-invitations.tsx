'use client'

import { MailCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import type { OwnInvitation } from '@/lib/contract/class'
import { useProblemText } from '../../_session/use-problem-text'
import { useSend } from '../../_session/use-send'
import { Alert } from '../../_ui/alert'
import { Button } from '../../_ui/button'

/** Places that classes keep for the viewer, to take them. */
export function OwnInvitations({ invitations }: { invitations: OwnInvitation[] }) {
  const t = useTranslations('classes')
  if (invitations.length === 0) return null
  return (
    <section aria-label={t('invitations.title')} className="mb-10 rounded-lg border border-line bg-surface p-5">
      <h2 className="flex items-center gap-2 text-body font-semibold">
        <MailCheck aria-hidden className="size-5 text-accent" />
        {t('invitations.title')}
      </h2>
      <ul className="mt-2 divide-y divide-line">
        {invitations.map((each) => (
          <Invitation key={each.id} invitation={each} />
        ))}
      </ul>
    </section>
  )
}

function Invitation({ invitation: { id, classId, className, term, role } }: { invitation: OwnInvitation }) {
  const t = useTranslations('classes')
  const problemText = useProblemText()
  const router = useRouter()
  const { pending, problem, send } = useSend()

  async function accept() {
    const answer = await send('POST', `/api/classes/invitations/${id}/acceptance`)
    if (answer.ok) router.push(`/classes/${classId}`)
  }

  const name = term ? `${className} (${term})` : className
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 py-3">
      <span className="min-w-0 text-ui wrap-anywhere">{t('invitations.text', { name, role: t(`roles.${role}`) })}</span>
      <Button tone="primary" size="small" pending={pending} onClick={() => void accept()}>
        {t('invitations.accept')}
      </Button>
      {problem && (
        <Alert tone="bad" live="assertive" className="w-full">
          {problem.code === 'not-found' ? t('invitations.failed') : problemText(problem)}
        </Alert>
      )}
    </li>
  )
}
