'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useRef, useState } from 'react'
import { Handle, MAX_HANDLE_LENGTH, MIN_HANDLE_LENGTH, ProfileBody, type ProfileSettings } from '@/lib/contract/profile'
import { focusFirstMistake } from '../../_account/focus-first-mistake'
import { useProblemText } from '../../_session/use-problem-text'
import { useSend } from '../../_session/use-send'
import { Alert } from '../../_ui/alert'
import { Button } from '../../_ui/button'
import { Field, Input } from '../../_ui/field'
import { SavedNote } from '../../_ui/saved-note'

/** Chooses the handle, and whether everybody can see the profile under it. */
export function VisibilityForm({ initial }: { initial: ProfileSettings }) {
  const t = useTranslations('settings')
  const common = useTranslations('common')
  const problemText = useProblemText()
  const router = useRouter()
  const form = useRef<HTMLFormElement>(null)
  const id = useId()
  const { pending, problem, send, forget } = useSend()
  const [values, setValues] = useState({ handle: initial.handle ?? '', public: initial.public })
  const [kept, setKept] = useState(initial)
  const [tried, setTried] = useState(false)
  const [saved, setSaved] = useState(false)
  const handle = values.handle.trim() === '' ? null : values.handle
  const parsed = ProfileBody.safeParse({ handle, public: values.public })
  const isTaken = problem?.code === 'handle-taken'
  const changed = (handle?.trim().toLowerCase() ?? null) !== kept.handle || values.public !== kept.public

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!parsed.success) return focusFirstMistake(form.current)
    const answer = await send('PUT', '/api/account/profile', parsed.data)
    if (!answer.ok) return
    setKept({ ...kept, ...parsed.data })
    setValues({ handle: parsed.data.handle ?? '', public: parsed.data.public })
    setTried(false)
    setSaved(true)
    router.refresh()
  }

  function set(next: Partial<typeof values>) {
    setValues({ ...values, ...next })
    setSaved(false)
    forget()
  }

  return (
    <form ref={form} method="post" noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
      {problem && !isTaken && (
        <Alert tone="bad" live="assertive">
          {problemText(problem)}
        </Alert>
      )}
      <Field
        label={t('visibility.handle')}
        help={t('visibility.help', { min: MIN_HANDLE_LENGTH, max: MAX_HANDLE_LENGTH })}
        error={isTaken ? problemText(problem) : mistakeIn({ handle, isPublic: values.public, tried }, t)}
      >
        {(control) => (
          <Input
            {...control}
            name="handle"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={MAX_HANDLE_LENGTH}
            value={values.handle}
            onChange={(event) => set({ handle: event.target.value })}
          />
        )}
      </Field>
      {handle === null && initial.onBoards && <Alert tone="warn">{t('visibility.leavesBoards')}</Alert>}
      <div className="flex items-start gap-3 text-ui">
        <input
          id={`${id}-public`}
          type="checkbox"
          name="public"
          checked={values.public}
          aria-describedby={`${id}-help`}
          onChange={(event) => set({ public: event.target.checked })}
          className="mt-1 size-4 shrink-0 accent-accent"
        />
        <div>
          <label htmlFor={`${id}-public`} className="font-medium">
            {t('visibility.public')}
          </label>
          <p id={`${id}-help`} className="text-small text-ink-soft">
            {t('visibility.publicHelp')}
          </p>
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" pending={pending} disabled={!changed}>
          {common('save')}
        </Button>
        <SavedNote shown={saved} />
        {kept.handle !== null && (
          <Link href={`/people/${kept.handle}`} className="ml-auto text-link text-ui">
            {t('visibility.see')}
          </Link>
        )}
      </div>
    </form>
  )
}

type Mistake = 'missing' | 'length' | 'form' | 'reserved'

/** What is wrong with the handle, in words; an empty one is a mistake only of a public profile. */
function mistakeIn(
  { handle, isPublic, tried }: { handle: string | null; isPublic: boolean; tried: boolean },
  t: ReturnType<typeof useTranslations<'settings'>>,
): string | null {
  if (handle === null) return tried && isPublic ? t('visibility.rules.missing') : null
  const parsed = Handle.safeParse(handle)
  if (parsed.success) return null
  const { issues } = parsed.error
  const codes = issues.map((issue) => issue.code)
  const isShort = codes.includes('too_small')
  const mistake: Mistake = codes.includes('invalid_format') ? 'form'
    : isShort || codes.includes('too_big') ? 'length' : 'reserved'
  // Whoever is still typing is not told that it is too short.
  return isShort && mistake === 'length' && !tried
    ? null
    : t(`visibility.rules.${mistake}`, { min: MIN_HANDLE_LENGTH, max: MAX_HANDLE_LENGTH })
}
