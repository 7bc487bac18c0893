'use client'

import { Keyboard } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { buttonClass } from '../_ui/button'
import { Dialog } from '../_ui/dialog'
import { Kbd } from '../_ui/kbd'
import { isSlashKeyOn, switchSlashKey } from './slash-key'

const KEYS = [
  { does: 'search', keys: ['/'] },
  { does: 'results', keys: ['↓', 'Enter'] },
  { does: 'walk', keys: ['↓', '↑', 'Home', 'End'] },
  { does: 'open', keys: ['Enter'] },
  { does: 'back', keys: ['Esc'] },
] as const

/** A list of the catalogue's keys, and the switch for the one that could be pressed by accident. */
export function Shortcuts() {
  const t = useTranslations('catalogue.keys')
  return (
    <Dialog
      title={t('title')}
      trigger={
        <button
          type="button"
          aria-label={t('title')}
          title={t('title')}
          className={buttonClass({ tone: 'quiet', size: 'small', square: true }, 'max-lg:hidden')}
        >
          <Keyboard aria-hidden />
        </button>
      }
    >
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-5 gap-y-2.5 text-ui">
        {KEYS.map(({ does, keys }) => (
          <div key={does} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{t(does)}</dd>
          </div>
        ))}
      </dl>
      <SlashSwitch />
    </Dialog>
  )
}

/** Stands in the dialog alone, which exists only in browsers. */
function SlashSwitch() {
  const t = useTranslations('catalogue.keys')
  const [on, setOn] = useState(isSlashKeyOn)
  return (
    <label className="mt-5 flex min-h-8 cursor-pointer items-center gap-2.5 border-t border-line pt-4 text-ui">
      <input
        type="checkbox"
        checked={on}
        onChange={() => {
          switchSlashKey(!on)
          setOn(!on)
        }}
        className="size-4 accent-accent"
      />
      {t('slash')}
    </label>
  )
}
