'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { type FormEvent, useId, useState } from 'react'
import type { ProfileSettings } from '@/lib/contract/profile'
import { useProblemText } from '../../_session/use-problem-text'
import { useSend } from '../../_session/use-send'
import { Alert } from '../../_ui/alert'
import { Button } from '../../_ui/button'
import { SavedNote } from '../../_ui/saved-note'

/** Chooses whether one stands on everybody's leaderboards, under the handle. */
export function LeaderboardForm({ handle, onBoards, barred }: Pick<ProfileSettings, 'handle' | 'onBoards' | 'barred'>) {
  const t = useTranslations('settings')
  const problemText = useProblemText()
  const router = useRouter()
  const id = useId()
  const { pending, problem, send, forget } = useSend()
  const [kept, setKept] = useState(onBoards)
  const [shown, setShown] = useState(onBoards)
  const [saved, setSaved] = useState(false)

  async function submit(event: FormEvent) {
    event.preventDefault()
    const answer = await send('PUT', '/api/account/leaderboard', { onBoards: shown })
    if (!answer.ok) return
    setKept(shown)
    setSaved(true)
    router.refresh()
  }

  return (
    <form method="post" onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
      {problem && (
        <Alert tone="bad" live="assertive">
          {problemText(problem)}
        </Alert>
      )}
      {barred && <Alert tone="warn">{t('leaderboards.barred')}</Alert>}
      {handle === null && (
        <Alert>
          {t.rich('leaderboards.needsHandle', {
            link: (chunks) => (
              <a href="#profile" className="text-link">
                {chunks}
              </a>
            ),
          })}
        </Alert>
      )}
      <div className="flex items-start gap-3 text-ui">
        <input
          id={`${id}-shown`}
          type="checkbox"
          name="onBoards"
          checked={shown}
          disabled={handle === null}
          aria-describedby={`${id}-help`}
          onChange={(event) => {
            setShown(event.target.checked)
            setSaved(false)
            forget()
          }}
          className="mt-1 size-4 shrink-0 accent-accent"
        />
        <div>
          <label htmlFor={`${id}-shown`} className="font-medium">
            {handle === null ? t('leaderboards.show') : t('leaderboards.showAs', { handle })}
          </label>
          <p id={`${id}-help`} className="text-small text-ink-soft">
            {t('leaderboards.seen')}
          </p>
        </div>
      </div>
      <div className="flex items-center gap-3">
        <Button type="submit" pending={pending} disabled={shown === kept}>
          {t('save')}
        </Button>
        <SavedNote shown={saved}>{t('saved')}</SavedNote>
      </div>
      <p className="text-small text-ink-soft">{t('leaderboards.classes')}</p>
    </form>
  )
}
