import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ReactNode } from 'react'

/** Title of a set's page, with the way back and room for what can be done. */
export function SetHeading({ classId, title, back, action, children }: {
  classId: string
  title: string
  /** Where the way back leads; the list of sets without it. */
  back?: { href: string; label: string }
  action?: ReactNode
  children?: ReactNode
}) {
  const t = useTranslations('sets')
  const { href, label } = back ?? { href: `/classes/${classId}`, label: t('title') }
  return (
    <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
      <div className="min-w-0">
        <p className="text-ui">
          <Link href={href} className="text-link">
            {label}
          </Link>
        </p>
        <h2 className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-title font-semibold break-words">
          {title}
          {children}
        </h2>
      </div>
      {action}
    </header>
  )
}
