'use client'

import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import type { ProfileSettings } from '@/lib/contract/profile'
import { SaveForm } from '../../_session/save-form'
import { Alert } from '../../_ui/alert'

/** Chooses whether one stands on everybody's leaderboards, under the handle. */
export function LeaderboardForm({ handle, onBoards, barred }: Pick<ProfileSettings, 'handle' | 'onBoards' | 'barred'>) {
  const t = useTranslations('settings')
  const id = useId()
  const [kept, setKept] = useState(onBoards)
  const [shown, setShown] = useState(onBoards)

  return (
    <div className="flex flex-col gap-5">
      <SaveForm
        path="/api/account/leaderboard" body={{ onBoards: shown }} changed={shown !== kept} onSaved={() => setKept(shown)}
      >
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
            onChange={(event) => setShown(event.target.checked)}
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
      </SaveForm>
      <p className="text-small text-ink-soft">{t('leaderboards.classes')}</p>
    </div>
  )
}
