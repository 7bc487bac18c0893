'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { type FormEvent, useMemo, useRef, useState } from 'react'
import type { CatalogueEntry, CatalogueTopic } from '../../../../_catalogue/entry'
import { SetPlace, SetPreview, type SetView } from '@/lib/contract/problem-set'
import { type ApiProblem, type ApiResult, sendJson } from '../../../../_session/api'
import { useProblemText } from '../../../../_session/use-problem-text'
import { Alert } from '../../../../_ui/alert'
import { Button, LinkButton } from '../../../../_ui/button'
import { Field, Input, Textarea } from '../../../../_ui/field'
import { DateFields } from './date-fields'
import { type FormIssue, formOf, newForm, readForm, type SetForm } from './form'
import { ItemsField } from './items-field'
import { LateFields } from './late-fields'
import { LimitFields } from './limit-fields'
import { PreviewDialog } from './preview-dialog'
import { useIssueText } from './use-issue-text'

/** Makes a set, or changes one; a published set first shows whose marks the change would change. */
export function SetEditor({ classId, zone, graceDays, set, now, topics, entries, promptsVersion }: {
  classId: string
  zone: string
  graceDays: number
  /** Null for a new one. */
  set: SetView | null
  now: number
  topics: CatalogueTopic[]
  entries: CatalogueEntry[]
  promptsVersion: string
}) {
  const t = useTranslations('sets.editor')
  const problemText = useProblemText()
  const router = useRouter()
  const formRef = useRef<HTMLFormElement>(null)
  const [form, setForm] = useState<SetForm>(() => (set ? formOf(set, zone) : newForm(now, zone)))
  const [shown, setShown] = useState<FormIssue[]>([])
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [preview, setPreview] = useState<SetPreview | null>(null)
  const read = useMemo(() => readForm(form, zone, set ?? undefined), [form, zone, set])
  const issueText = useIssueText(shown)
  const base = `/api/classes/${classId}/sets`
  const back = set ? `/classes/${classId}/sets/${set.id}` : `/classes/${classId}`

  function change(parts: Partial<SetForm>) {
    setForm((before) => ({ ...before, ...parts }))
    setShown([])
  }

  async function save(event: FormEvent) {
    event.preventDefault()
    if (!('body' in read)) return tell(read.issues)
    if (!set?.publishedAt) return store()
    const sent = sendJson('POST', `${base}/${set.id}/preview`, read.body)
    await ask(sent, (data) => setPreview(SetPreview.parse(data)))
  }

  async function store() {
    if (!('body' in read)) return
    const sent = set
      ? sendJson('PUT', `${base}/${set.id}`, { ...read.body, basedOn: set.updatedAt })
      : sendJson('POST', base, read.body)
    await ask(sent, (data) => {
      router.push(set ? back : `/classes/${classId}/sets/${SetPlace.parse(data).id}`)
      router.refresh()
    })
  }

  async function ask(request: Promise<ApiResult>, then: (data: unknown) => void) {
    setPending(true)
    setProblem(null)
    const answer = await request
    setPending(false)
    if (answer.ok) return then(answer.data)
    setPreview(null)
    setProblem(answer.problem)
    tell(answer.problem.issues)
  }

  function tell(issues: FormIssue[]) {
    setShown(issues)
    // After the errors are drawn.
    setTimeout(() => formRef.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus(), 0)
  }

  return (
    <form
      ref={formRef} method="post" noValidate onSubmit={(event) => void save(event)}
      className="flex max-w-3xl flex-col gap-10"
    >
      <div className="flex flex-col gap-5">
        <Field label={t('title')} error={issueText('title')}>
          {(control) => (
            <Input
              {...control} value={form.title} onChange={(event) => change({ title: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('intro')} help={t('introHelp')} error={issueText('intro')}>
          {(control) => (
            <Textarea
              {...control} rows={4} value={form.intro} onChange={(event) => change({ intro: event.target.value })}
            />
          )}
        </Field>
      </div>
      <ItemsField
        form={form} onChange={change} issueText={issueText} topics={topics} entries={entries}
        promptsVersion={promptsVersion}
      />
      <DateFields form={form} onChange={change} issueText={issueText} zone={zone} />
      <LateFields
        form={form} onChange={change} issueText={issueText} zone={zone} graceDays={graceDays}
        body={'body' in read ? read.body : null}
      />
      <LimitFields form={form} onChange={change} issueText={issueText} />
      <div className="flex flex-col gap-4 border-t border-line pt-6">
        {shown.length > 0 && !problem && <Alert tone="bad" live="assertive">{t('somethingWrong')}</Alert>}
        {problem && <Alert tone="warn" live="assertive">{problemText(problem)}</Alert>}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" tone="primary" pending={pending}>
            {t(set?.publishedAt ? 'preview' : set ? 'save' : 'create')}
          </Button>
          <LinkButton href={back}>{t('cancel')}</LinkButton>
        </div>
      </div>
      {preview && (
        <PreviewDialog
          preview={preview} pending={pending} onSave={() => void store()} onClose={() => setPreview(null)}
        />
      )}
    </form>
  )
}
