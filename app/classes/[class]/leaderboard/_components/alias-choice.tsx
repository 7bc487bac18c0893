'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useId, useState } from 'react'
import type { BoardMode } from '@/lib/contract/leaderboard'
import { useProblemText } from '../../../../_session/use-problem-text'
import { useSend } from '../../../../_session/use-send'
import { Alert } from '../../../../_ui/alert'
import { SavedNote } from '../../../../_ui/saved-note'

/**
 * A student's own choice to have no name on the leaderboards of the class; it holds at once.
 * @param pseudonym what others see in place of the name
 */
export function AliasChoice({ classId, mode, aliasOnly, pseudonym }: {
  classId: string
  mode: Exclude<BoardMode, 'off'>
  aliasOnly: boolean
  pseudonym: string
}) {
  const t = useTranslations('classes.aliasChoice')
  const problemText = useProblemText()
  const router = useRouter()
  const id = useId()
  const { pending, problem, send } = useSend()
  const [chosen, setChosen] = useState(aliasOnly)
  const [saved, setSaved] = useState(false)

  async function choose(next: boolean) {
    setChosen(next)
    setSaved(false)
    const answer = await send('PUT', `/api/classes/${classId}/leaderboard/alias`, { aliasOnly: next })
    setSaved(answer.ok)
    if (answer.ok) router.refresh()
    else setChosen(!next)
  }

  return (
    <div className="flex flex-col gap-3">
      {problem && (
        <Alert tone="bad" live="assertive">
          {problemText(problem)}
        </Alert>
      )}
      <div className="flex items-start gap-3 text-ui">
        <input
          id={`${id}-alias`}
          type="checkbox"
          checked={chosen}
          disabled={pending}
          aria-describedby={`${id}-help`}
          onChange={(event) => void choose(event.target.checked)}
          className="mt-1 size-4 shrink-0 accent-accent"
        />
        <div>
          <span className="flex flex-wrap items-center gap-x-3">
            <label htmlFor={`${id}-alias`} className="font-medium">
              {t('label')}
            </label>
            <SavedNote shown={saved} />
          </span>
          <p id={`${id}-help`} className="text-small text-ink-soft">
            {t(mode === 'names' && aliasOnly ? 'namesHidden' : mode, { pseudonym })} {t('points')}
          </p>
        </div>
      </div>
    </div>
  )
}
