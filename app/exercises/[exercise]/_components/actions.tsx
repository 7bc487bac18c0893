'use client'

import { Play, Square } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '../../../_ui/button'
import { Tooltip } from '../../../_ui/tooltip'
import { useDelayed } from '../_state/use-delayed'
import { useModifierKey } from '../_state/use-modifier-key'

/** Most runs are over before this; a button that changed for them would only flicker. */
const SHOW_STOP_MS = 300

/** Run (or Stop, while a run takes long) and Submit. */
export function Actions({ running, submitting, signedIn, onRun, onStop, onSubmit, onNear }: {
  running: boolean
  submitting: boolean
  signedIn: boolean
  onRun: () => void
  onStop: () => void
  onSubmit: () => void
  /** Called when somebody is about to press Run. */
  onNear: () => void
}) {
  const t = useTranslations('workspace')
  const modifier = useModifierKey()
  const stoppable = useDelayed(running, SHOW_STOP_MS)
  return (
    <>
      <Tooltip text={t('run.hint', { keys: `${modifier}+Enter` })}>
        <Button
          className="min-w-24"
          onClick={stoppable ? onStop : onRun}
          onPointerEnter={onNear}
          onFocus={onNear}
        >
          {stoppable ? <Square aria-hidden /> : <Play aria-hidden />}
          {t(stoppable ? 'run.stop' : 'run.button')}
        </Button>
      </Tooltip>
      <Tooltip text={signedIn ? t('submit.hint', { keys: `${modifier}+Shift+Enter` }) : t('submit.signInHint')}>
        <Button tone="primary" className="min-w-24" pending={submitting} onClick={onSubmit}>
          {t(signedIn ? 'submit.button' : 'submit.signIn')}
        </Button>
      </Tooltip>
    </>
  )
}
