'use client'

import { Ellipsis, Eye, EyeOff, Pencil, UserCog, UserMinus, UserPlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { CLASS_ROLES, type ClassRole, type MemberView, type SectionView } from '@/lib/contract/class'
import type { ApiProblem } from '../../../../_session/api'
import { useSend } from '../../../../_session/use-send'
import { Button } from '../../../../_ui/button'
import { ConfirmDialog } from '../../../../_ui/confirm-dialog'
import { IconButton } from '../../../../_ui/icon-button'
import { Menu, MenuItem, MenuSeparator } from '../../../../_ui/menu'
import { MemberDialog } from './member-dialog'

/** What an instructor may do to somebody of the class. What cannot be seen to be undone is asked for twice. */
export function MemberActions({ classId, member, sections, hasBoards, onProblem }: {
  classId: string
  member: MemberView
  sections: SectionView[]
  hasBoards: boolean
  onProblem: (problem: ApiProblem | null) => void
}) {
  const t = useTranslations('classes.people')
  const router = useRouter()
  const { pending, send } = useSend()
  const [open, setOpen] = useState<'edit' | 'remove' | 'instructor' | null>(null)
  const { name, userId, role, removedAt, offBoards } = member
  const path = `/api/classes/${classId}/members/${userId}`

  async function change(method: 'PUT' | 'PATCH', at: string, body: unknown) {
    onProblem(null)
    const answer = await send(method, at, body)
    setOpen(null)
    if (answer.ok) router.refresh()
    else onProblem(answer.problem)
  }

  const remove = (removed: boolean) => change('PUT', `${path}/removal`, { removed })
  const give = (next: ClassRole) => change('PATCH', path, { role: next })

  if (removedAt) {
    return (
      <Button size="small" pending={pending} onClick={() => void remove(false)}>
        <UserPlus aria-hidden />
        {t('restore')}
      </Button>
    )
  }
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t('actionsOf', { name })} size="small" pending={pending} icon={<Ellipsis aria-hidden />} />
        }
      >
        <MenuItem onSelect={() => setOpen('edit')}>
          <Pencil aria-hidden />
          {t('edit')}
        </MenuItem>
        {role === 'student' && (hasBoards || offBoards) && (
          <MenuItem onSelect={() => void change('PUT', `${path}/leaderboard`, { offBoards: !offBoards })}>
            {offBoards ? <Eye aria-hidden /> : <EyeOff aria-hidden />}
            {t(offBoards ? 'letOnBoards' : 'keepOffBoards')}
          </MenuItem>
        )}
        <MenuSeparator />
        {CLASS_ROLES.filter((each) => each !== role).map((each) => (
          <MenuItem key={each} onSelect={() => (each === 'instructor' ? setOpen('instructor') : void give(each))}>
            <UserCog aria-hidden />
            {t(`makeRole.${each}`)}
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem onSelect={() => setOpen('remove')}>
          <UserMinus aria-hidden />
          {t('remove')}
        </MenuItem>
      </Menu>
      {open === 'edit' && (
        <MemberDialog classId={classId} member={member} sections={sections} onClose={() => setOpen(null)} />
      )}
      <ConfirmDialog
        open={open === 'remove' || open === 'instructor'}
        onOpenChange={() => setOpen(null)}
        title={t(open === 'instructor' ? 'makeInstructorTitle' : 'removeTitle', { name })}
        description={t(open === 'instructor' ? 'makeInstructorText' : 'removeText')}
        tone={open === 'instructor' ? 'primary' : 'danger'}
        cancelLabel={t('cancel')}
        confirmLabel={t(open === 'instructor' ? 'makeRole.instructor' : 'remove')}
        pending={pending}
        onConfirm={() => void (open === 'instructor' ? give('instructor') : remove(true))}
      />
    </>
  )
}
