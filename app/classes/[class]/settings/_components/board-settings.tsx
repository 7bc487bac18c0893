'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useState } from 'react'
import { BOARD_MODES, ClassBoardsBody } from '@/lib/contract/leaderboard'
import { useProblemText } from '../../../../_session/use-problem-text'
import { useSend } from '../../../../_session/use-send'
import { Alert } from '../../../../_ui/alert'
import { Button } from '../../../../_ui/button'
import { Field, Input } from '../../../../_ui/field'
import { SavedNote } from '../../../../_ui/saved-note'

/** Switches the leaderboards of the class on and off, and says what its students will see. */
export function BoardSettings({ classId, initial }: { classId: string; initial: ClassBoardsBody }) {
  const t = useTranslations('classes')
  const problemText = useProblemText()
  const router = useRouter()
  const id = useId()
  const { pending, problem, send, forget } = useSend()
  const [mode, setMode] = useState(initial.mode)
  const [top, setTop] = useState(initial.top === null ? '' : String(initial.top))
  const [saved, setSaved] = useState(false)
  const parsed = ClassBoardsBody.safeParse({ mode, top: top.trim() === '' ? null : Number(top) })

  async function save(event: FormEvent) {
    event.preventDefault()
    if (!parsed.success) return
    const answer = await send('PUT', `/api/classes/${classId}/leaderboard/settings`, parsed.data)
    setSaved(answer.ok)
    if (answer.ok) router.refresh()
  }

  function change() {
    setSaved(false)
    forget()
  }

  return (
    <form method="post" noValidate onSubmit={(event) => void save(event)} className="flex flex-col gap-5">
      {problem && (
        <Alert tone="bad" live="assertive">
          {problemText(problem)}
        </Alert>
      )}
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2 text-ui font-medium">{t('boards.mode')}</legend>
        {BOARD_MODES.map((each) => (
          <div key={each} className="flex items-start gap-3 text-ui">
            <input
              id={`${id}-${each}`}
              type="radio"
              name="mode"
              value={each}
              checked={mode === each}
              aria-describedby={`${id}-${each}-help`}
              onChange={() => {
                setMode(each)
                change()
              }}
              className="mt-1 size-4 shrink-0 accent-accent"
            />
            <div>
              <label htmlFor={`${id}-${each}`}>{t(`boards.modes.${each}`)}</label>
              <p id={`${id}-${each}-help`} className="text-small text-ink-soft">
                {t(`boards.modeTexts.${each}`)}
              </p>
            </div>
          </div>
        ))}
      </fieldset>
      {mode !== 'off' && (
        <>
          <Field
            label={t('boards.top')}
            help={t('boards.topHelp')}
            error={parsed.success ? null : t('boards.topWrong')}
          >
            {(control) => (
              <Input
                {...control}
                name="top"
                inputMode="numeric"
                autoComplete="off"
                placeholder={t('boards.topAll')}
                className="max-w-24"
                value={top}
                onChange={(event) => {
                  setTop(event.target.value)
                  change()
                }}
              />
            )}
          </Field>
          {parsed.success && (
            <Alert title={t('boards.preview')}>
              <p>{t('boards.students', { mode, top: parsed.data.top ?? 0 })}</p>
              <p className="mt-1.5">{t('boards.staff')}</p>
            </Alert>
          )}
        </>
      )}
      <div className="flex items-center gap-3">
        <Button type="submit" tone="primary" pending={pending} disabled={!parsed.success}>
          {t('form.save')}
        </Button>
        <SavedNote shown={saved}>{t('form.saved')}</SavedNote>
      </div>
    </form>
  )
}
