'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { type ApiProblem, sendJson } from '../../../../../_session/api'
import { useProblemText } from '../../../../../_session/use-problem-text'
import { Alert } from '../../../../../_ui/alert'
import { Button } from '../../../../../_ui/button'
import { Dialog, DialogClose } from '../../../../../_ui/dialog'
import { Field, Input } from '../../../../../_ui/field'
import type { ActedOn } from './set-actions'

/** Deletes a set; one that students have seen asks for its title first. */
export function DeleteDialog({ classId, set }: { classId: string; set: ActedOn }) {
  const t = useTranslations('sets.delete')
  const problemText = useProblemText()
  const router = useRouter()
  const [title, setTitle] = useState('')
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const isConfirmed = !set.published || title.trim() === set.title

  async function remove(event: FormEvent) {
    event.preventDefault()
    setPending(true)
    const answer = await sendJson('DELETE', `/api/classes/${classId}/sets/${set.id}`, set.published ? { title } : {})
    if (answer.ok) {
      router.push(`/classes/${classId}`)
      return router.refresh()
    }
    setPending(false)
    setProblem(answer.problem)
  }

  return (
    <Dialog
      trigger={<Button tone="quiet">{t('action')}</Button>}
      title={t('title', { title: set.title })}
      description={t(set.published ? 'textPublished' : 'textDraft')}
    >
      <form method="post" onSubmit={(event) => void remove(event)} className="flex flex-col gap-4">
        {problem && <Alert tone="warn" live="assertive">{problemText(problem)}</Alert>}
        {set.published && (
          <Field label={t('confirm', { title: set.title })}>
            {(control) => (
              <Input
                {...control} autoComplete="off" value={title} onChange={(event) => setTitle(event.target.value)}
              />
            )}
          </Field>
        )}
        <div className="mt-2 flex flex-wrap justify-end gap-2">
          <DialogClose asChild>
            <Button>{t('cancel')}</Button>
          </DialogClose>
          <Button type="submit" tone="danger" pending={pending} disabled={!isConfirmed}>
            {t('action')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
