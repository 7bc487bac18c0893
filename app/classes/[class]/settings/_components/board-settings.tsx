'use client'

import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { BOARD_MODES, ClassBoardsBody } from '@/lib/contract/leaderboard'
import { SaveForm } from '../../../../_session/save-form'
import { Alert } from '../../../../_ui/alert'
import { Field, Input } from '../../../../_ui/field'

/** Switches the leaderboards of the class on and off, and says what its students will see. */
export function BoardSettings({ classId, initial }: { classId: string; initial: ClassBoardsBody }) {
  const t = useTranslations('classes')
  const id = useId()
  const [mode, setMode] = useState(initial.mode)
  const [top, setTop] = useState(initial.top === null ? '' : String(initial.top))
  const parsed = ClassBoardsBody.safeParse({ mode, top: top.trim() === '' ? null : Number(top) })

  return (
    <SaveForm
      path={`/api/classes/${classId}/leaderboard/settings`} body={parsed.success ? parsed.data : null} tone="primary"
    >
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
              onChange={() => setMode(each)}
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
                onChange={(event) => setTop(event.target.value)}
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
    </SaveForm>
  )
}
