import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { SimilarityView } from '@/lib/contract/similarity'
import { WayBack } from '../../analytics/_components/way-back'

/** Title of a page about similar programs, below the way to the figures of its exercise. */
export function SimilarityHead({ classId, of: { setId, setTitle, exercise }, title, heading, action }: {
  classId: string
  of: Pick<SimilarityView, 'setId' | 'setTitle' | 'exercise'>
  /** Of the exercise. */
  title: string
  /** Default: that these are similar programs. */
  heading?: string
  action?: ReactNode
}) {
  const t = useTranslations('insight')
  const path = `/classes/${classId}/analytics`
  const steps = [
    { href: path, name: t('analytics.crumbs') },
    { href: `${path}/${setId}`, name: setTitle },
    { href: `${path}/${setId}/${exercise}`, name: title },
    ...(heading ? [{ href: `/classes/${classId}/similarity/${setId}/${exercise}`, name: t('similarity.title') }] : []),
  ]
  return (
    <>
      <WayBack label={t('analytics.crumbs')} steps={steps} />
      <div className="mb-5 flex flex-wrap items-center gap-3">
        <h2 className="text-title font-semibold">{heading ?? t('similarity.title')}</h2>
        {action}
      </div>
    </>
  )
}
