'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import type { InvitationView } from '@/lib/contract/class'
import type { ApiProblem } from '../../../../_session/api'
import { useSend } from '../../../../_session/use-send'
import { Button } from '../../../../_ui/button'

/** Gives up a place that is kept. */
export function InvitationActions({ classId, invitation, onProblem }: {
  classId: string
  invitation: InvitationView
  onProblem: (problem: ApiProblem | null) => void
}) {
  const t = useTranslations('classes.people')
  const router = useRouter()
  const { pending, send } = useSend()

  async function withdraw() {
    onProblem(null)
    const answer = await send('DELETE', `/api/classes/${classId}/invitations/${invitation.id}`)
    if (!answer.ok && answer.problem.code !== 'not-found') onProblem(answer.problem)
    router.refresh()
  }

  return (
    <Button
      size="small"
      pending={pending}
      aria-label={`${t('withdraw')}: ${invitation.name ?? invitation.email}`}
      onClick={() => void withdraw()}
    >
      <X aria-hidden />
      {t('withdraw')}
    </Button>
  )
}
