import { useTranslations } from 'next-intl'
import { Alert } from '../_ui/alert'
import { OfflineNotice } from './offline-notice'

/** What every page must say when something of the site is out of reach. */
export function Notices({ accountsReachable }: { accountsReachable: boolean }) {
  const t = useTranslations('common')
  return (
    <>
      <OfflineNotice />
      {!accountsReachable && (
        <div className="mx-auto w-full max-w-page px-4 pt-4 sm:px-6">
          <Alert tone="warn">{t('degraded')}</Alert>
        </div>
      )}
    </>
  )
}
