'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { type FormEvent, type ReactElement, useState } from 'react'
import { CLASS_ROLES, ClassRole, InvitationBody, type SectionView } from '@/lib/contract/class'
import { useProblemText } from '../../../../_session/use-problem-text'
import { useSend } from '../../../../_session/use-send'
import { Alert } from '../../../../_ui/alert'
import { Button } from '../../../../_ui/button'
import { Dialog, DialogClose } from '../../../../_ui/dialog'
import { Field, Input } from '../../../../_ui/field'
import { Select } from '../../../../_ui/select'
import { SectionSelect } from './section-select'

const EMPTY: { email: string; name: string; role: ClassRole; sectionId: string | null } = {
  email: '', name: '', role: 'student', sectionId: null,
}

const RULES = ['in-class', 'was-removed', 'was-removed-and-left', 'awaited'] as const

/** Keeps a place for one address. One that was removed, and whose account is gone, is let in again when asked twice. */
export function InviteDialog({ classId, sections, trigger, onDone }: {
  classId: string
  sections: SectionView[]
  trigger: ReactElement
  onDone: () => void
}) {
  const t = useTranslations('classes')
  const problemText = useProblemText()
  const router = useRouter()
  const { pending, problem, send, forget } = useSend()
  const [open, setOpen] = useState(false)
  const [values, setValues] = useState(EMPTY)
  const [tried, setTried] = useState(false)
  const isStudent = values.role === 'student'
  const parsed = InvitationBody.safeParse({
    ...values, name: values.name.trim() || null, sectionId: isStudent ? values.sectionId : null,
  })
  const wrong = new Set(tried && !parsed.success ? parsed.error.issues.map(({ path }) => path[0]) : [])
  const rule = RULES.find((each) => problem?.issues.some((issue) => issue.rule === each))
  const emailError = wrong.has('email') ? t('inviting.emailWrong') : rule ? t(`inviting.${rule}`) : null

  function show(next: boolean) {
    setOpen(next)
    setValues(EMPTY)
    setTried(false)
    forget()
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!parsed.success) return
    const body = rule === 'was-removed-and-left' ? { ...parsed.data, readmit: true } : parsed.data
    const answer = await send('POST', `/api/classes/${classId}/invitations`, body)
    if (!answer.ok) return
    show(false)
    onDone()
    router.refresh()
  }

  return (
    <Dialog
      trigger={trigger}
      open={open}
      onOpenChange={show}
      title={t('inviting.title')}
      description={t('inviting.text')}
    >
      <form method="post" noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
        {problem && !rule && (
          <Alert tone="bad" live="assertive">
            {problemText(problem)}
          </Alert>
        )}
        <Field label={t('inviting.email')} error={emailError}>
          {(control) => (
            <Input
              {...control}
              name="email"
              type="email"
              autoComplete="off"
              value={values.email}
              onChange={(event) => {
                setValues({ ...values, email: event.target.value })
                forget()
              }}
            />
          )}
        </Field>
        <Field label={t('inviting.name')} error={wrong.has('name') ? t('edit.tooLong', { max: 80 }) : null}>
          {(control) => (
            <Input
              {...control}
              name="name"
              autoComplete="off"
              value={values.name}
              onChange={(event) => setValues({ ...values, name: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('inviting.role')} help={isStudent ? undefined : t('inviting.roleHelp')}>
          {(control) => (
            <Select
              {...control}
              value={values.role}
              onChange={(role) => setValues({ ...values, role: ClassRole.parse(role) })}
            >
              {CLASS_ROLES.map((role) => (
                <option key={role} value={role}>
                  {t(`roles.${role}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {isStudent && sections.length > 0 && (
          <Field label={t('edit.section')}>
            {(control) => (
              <SectionSelect
                control={control}
                sections={sections}
                value={values.sectionId}
                onChange={(sectionId) => setValues({ ...values, sectionId })}
              />
            )}
          </Field>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <DialogClose asChild>
            <Button>{t('people.cancel')}</Button>
          </DialogClose>
          <Button type="submit" tone="primary" pending={pending}>
            {t(rule === 'was-removed-and-left' ? 'inviting.readmit' : 'inviting.submit')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
