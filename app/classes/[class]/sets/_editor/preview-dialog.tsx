'use client'

import { useLocale, useTranslations } from 'next-intl'
import type { SetPreview } from '@/lib/contract/problem-set'
import { formatMark } from '../../../../_marking/format-mark'
import { Alert } from '../../../../_ui/alert'
import { Button } from '../../../../_ui/button'
import { Dialog } from '../../../../_ui/dialog'

/** Whose marks a change would change, before it is stored. */
export function PreviewDialog({ preview, pending, onSave, onClose }: {
  preview: SetPreview
  pending: boolean
  onSave: () => void
  onClose: () => void
}) {
  const t = useTranslations('sets.preview')
  const locale = useLocale()
  const { changes, raised, lowered, students, max, overridesLost, overtaken } = preview
  const points = (mark: number) => formatMark(mark, locale)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      description={changes.length === 0 ? t('nobody', { students }) : t('some', { raised, lowered, students })}
      footer={
        <>
          <Button onClick={onClose}>{t('back')}</Button>
          <Button tone="primary" pending={pending} onClick={onSave}>
            {t('save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 text-ui">
        {max.before !== max.after && <p>{t('max', { before: points(max.before), after: points(max.after) })}</p>}
        {overtaken.length > 0 && (
          <Alert tone="warn" title={t('overtaken', { count: overtaken.length })}>
            <p className="max-h-24 overflow-y-auto break-words">
              {overtaken.map(({ for: kind, name }) => (kind === 'section' ? t('section', { name }) : name)).join(', ')}
            </p>
          </Alert>
        )}
        {overridesLost > 0 && <Alert tone="warn">{t('overridesLost', { count: overridesLost })}</Alert>}
        {changes.length > 0 && (
          <div className="max-h-72 overflow-y-auto" tabIndex={0} role="group" aria-label={t('title')}>
            <table className="w-full">
              <thead>
                <tr className="text-left text-small text-ink-soft">
                  <th scope="col" className="pb-1 font-medium">{t('student')}</th>
                  <th scope="col" className="pb-1 text-right font-medium">{t('set')}</th>
                  <th scope="col" className="pb-1 text-right font-medium">{t('total')}</th>
                </tr>
              </thead>
              <tbody>
                {changes.map(({ userId, name, set, total }) => (
                  <tr key={userId} className="border-t border-line">
                    <th scope="row" className="py-1.5 pr-3 text-left font-normal break-words">{name}</th>
                    {[set, total].map(({ before, after }, index) => (
                      <td key={index} className="py-1.5 pl-3 text-right whitespace-nowrap figures">
                        {before === after ? points(after) : `${points(before)} → ${points(after)}`}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
    </Dialog>
  )
}
