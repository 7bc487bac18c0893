'use client'

import { Check, Pencil, Trash2, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { type FormEvent, type ReactElement, useState } from 'react'
import { SectionBody, type SectionView } from '@/lib/contract/class'
import type { ApiProblem } from '../../../../_session/api'
import { useProblemText } from '../../../../_session/use-problem-text'
import { useSend } from '../../../../_session/use-send'
import { Alert } from '../../../../_ui/alert'
import { Button } from '../../../../_ui/button'
import { Dialog } from '../../../../_ui/dialog'
import { Input } from '../../../../_ui/field'
import { IconButton } from '../../../../_ui/icon-button'

const RULES = ['taken', 'has-exceptions'] as const

/** The sections of a class: to make, rename and delete them. */
export function SectionsDialog({ classId, sections, trigger }: {
  classId: string
  sections: SectionView[]
  trigger: ReactElement
}) {
  const t = useTranslations('classes.sections')
  const router = useRouter()
  const sentenceOf = useSectionProblem()
  const { pending, problem, send, forget } = useSend()
  const [name, setName] = useState('')
  const [renamed, setRenamed] = useState<string | null>(null)
  const path = `/api/classes/${classId}/sections`

  async function change(...args: Parameters<typeof send>) {
    const answer = await send(...args)
    if (answer.ok) router.refresh()
    return answer.ok
  }

  async function add(event: FormEvent) {
    event.preventDefault()
    if (await change('POST', path, { name })) setName('')
  }

  return (
    <Dialog trigger={trigger} title={t('title')} description={t('text')} onOpenChange={forget}>
      {problem && (
        <Alert tone="bad" live="assertive" className="mb-4">
          {sentenceOf(problem)}
        </Alert>
      )}
      {sections.length === 0 && <p className="mb-4 text-ui text-ink-soft">{t('none')}</p>}
      <ul className="mb-4 divide-y divide-line">
        {sections.map((section) => (
          <li key={section.id} className="flex items-center gap-2 py-1.5">
            {renamed === section.id ? (
              <RenameForm
                section={section}
                pending={pending}
                onCancel={() => setRenamed(null)}
                onSave={async (next) => {
                  if (await change('PUT', `${path}/${section.id}`, { name: next })) setRenamed(null)
                }}
              />
            ) : (
              <>
                <span className="min-w-0 flex-1 text-ui wrap-anywhere">
                  {section.name} <span className="text-ink-soft figures">({section.students})</span>
                </span>
                <IconButton
                  label={t('rename', { name: section.name })}
                  size="small"
                  icon={<Pencil aria-hidden />}
                  onClick={() => setRenamed(section.id)}
                />
                <IconButton
                  label={t('delete', { name: section.name })}
                  size="small"
                  icon={<Trash2 aria-hidden />}
                  onClick={() => void change('DELETE', `${path}/${section.id}`)}
                />
              </>
            )}
          </li>
        ))}
      </ul>
      <form method="post" noValidate onSubmit={(event) => void add(event)} className="flex gap-2">
        <Input
          aria-label={t('new')}
          placeholder={t('new')}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" tone="primary" pending={pending} className="h-10" disabled={name.trim() === ''}>
          {t('add')}
        </Button>
      </form>
    </Dialog>
  )
}

function RenameForm({ section, pending, onSave, onCancel }: {
  section: SectionView
  pending: boolean
  onSave: (name: string) => Promise<void>
  onCancel: () => void
}) {
  const t = useTranslations('classes')
  const [name, setName] = useState(section.name)

  function save(event: FormEvent) {
    event.preventDefault()
    void onSave(name)
  }

  return (
    <form method="post" noValidate onSubmit={save} className="flex flex-1 items-center gap-2">
      <Input
        autoFocus
        aria-label={t('sections.nameOf', { name: section.name })}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <IconButton
        type="submit"
        label={t('sections.save')}
        size="small"
        pending={pending}
        disabled={!SectionBody.safeParse({ name }).success}
        icon={<Check aria-hidden />}
      />
      <IconButton label={t('people.cancel')} size="small" icon={<X aria-hidden />} onClick={onCancel} />
    </form>
  )
}

function useSectionProblem(): (problem: ApiProblem) => string {
  const t = useTranslations('classes.sections')
  const problemText = useProblemText()
  return (problem) => {
    const rule = RULES.find((each) => problem.issues.some((issue) => issue.rule === each))
    if (rule) return t(rule)
    return problem.code === 'bad-request' ? t('wrong') : problemText(problem)
  }
}
