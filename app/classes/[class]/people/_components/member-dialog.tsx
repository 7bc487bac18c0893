'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { MemberBody, type MemberView, type SectionView } from '@/lib/contract/class'
import { useProblemText } from '../../../../_session/use-problem-text'
import { useSend } from '../../../../_session/use-send'
import { Alert } from '../../../../_ui/alert'
import { Button } from '../../../../_ui/button'
import { Dialog, DialogClose } from '../../../../_ui/dialog'
import { Field, Input } from '../../../../_ui/field'
import { SectionSelect } from './section-select'

const LIMITS = { name: 80, externalId: 64 } as const

/** Changes how the class calls somebody: name, external id, section. */
export function MemberDialog({ classId, member, sections, onClose }: {
  classId: string
  member: MemberView
  sections: SectionView[]
  onClose: () => void
}) {
  const t = useTranslations('classes')
  const problemText = useProblemText()
  const router = useRouter()
  const { pending, problem, send } = useSend()
  const accountName = member.accountName ?? member.name
  const [values, setValues] = useState({
    name: member.accountName === null ? '' : member.name,
    externalId: member.externalId ?? '',
    sectionId: member.sectionId,
  })
  const parsed = MemberBody.safeParse({
    name: values.name.trim() || null,
    externalId: values.externalId.trim() || null,
    ...(member.role === 'student' ? { sectionId: values.sectionId } : {}),
  })
  const wrong = new Set(parsed.success ? [] : parsed.error.issues.map(({ path }) => path[0]))
  const taken = problem?.issues.some(({ path }) => path === 'externalId') ?? false

  async function save(event: FormEvent) {
    event.preventDefault()
    if (!parsed.success) return
    const answer = await send('PATCH', `/api/classes/${classId}/members/${member.userId}`, parsed.data)
    if (!answer.ok) return
    onClose()
    router.refresh()
  }

  const errorOf = (field: 'name' | 'externalId') => {
    return wrong.has(field) ? t('edit.tooLong', { max: LIMITS[field] }) : null
  }
  return (
    <Dialog open onOpenChange={onClose} title={t('edit.title', { name: member.name })}>
      <form method="post" noValidate onSubmit={(event) => void save(event)} className="flex flex-col gap-5">
        {problem && !taken && (
          <Alert tone="bad" live="assertive">
            {problemText(problem)}
          </Alert>
        )}
        <Field label={t('edit.name')} help={t('edit.nameHelp', { name: accountName })} error={errorOf('name')}>
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
        <Field
          label={t('edit.externalId')}
          help={t('edit.externalIdHelp')}
          error={taken ? t('edit.taken') : errorOf('externalId')}
        >
          {(control) => (
            <Input
              {...control}
              name="externalId"
              autoComplete="off"
              value={values.externalId}
              onChange={(event) => setValues({ ...values, externalId: event.target.value })}
            />
          )}
        </Field>
        {member.role === 'student' && sections.length > 0 && (
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
            {t('edit.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
