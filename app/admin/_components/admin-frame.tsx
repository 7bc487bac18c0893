import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { NavLink } from '../../_shell/nav-link'
import { Page, PageHeader } from '../../_ui/page'

/** Title and navigation of the admin pages. A component and no layout: it is shown only to those who may see it. */
export function AdminFrame({ children }: { children: ReactNode }) {
  const t = useTranslations('admin')
  return (
    <Page>
      <PageHeader title={t('title')} />
      <nav aria-label={t('title')} className="mb-8 border-b border-line pb-2">
        <div className="-mx-3 flex flex-wrap gap-1">
          <NavLink href="/admin" exact>
            {t('tabs.health')}
          </NavLink>
          <NavLink href="/admin/people">{t('tabs.people')}</NavLink>
          <NavLink href="/admin/submissions">{t('tabs.submissions')}</NavLink>
          <NavLink href="/admin/regrades">{t('tabs.regrades')}</NavLink>
        </div>
      </nav>
      {children}
    </Page>
  )
}
