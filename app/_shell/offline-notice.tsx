'use client'

import { WifiOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useOnline } from './use-online'

/** A line at the bottom of the window while the browser has no network; it covers nothing it would move. */
export function OfflineNotice() {
  const t = useTranslations('common')
  const online = useOnline()
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 bottom-0 z-40 flex justify-center p-4">
      {!online && (
        <p
          className={
            'flex max-w-xl animate-rise items-start gap-2.5 rounded-md bg-ink px-4 py-2.5 text-ui text-paper ' +
            'shadow-floating'
          }
        >
          <WifiOff aria-hidden className="mt-0.5 size-4.5 shrink-0" />
          {t('offline')}
        </p>
      )}
    </div>
  )
}
