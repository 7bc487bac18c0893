import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { requireViewer } from '@/lib/auth/viewer'
import { ProgramQuery } from '@/lib/contract/shared-solution'
import { solutionAccess } from '@/lib/learn/solutions/access'
import { listSharedPrograms } from '@/lib/learn/solutions/programs'
import { findSharingChoices } from '@/lib/learn/solutions/sharing'
import { findExercise } from '@/lib/learn/topics'
import { ClientMessages } from '../../../_i18n/client-messages'
import { orUnavailable } from '../../../_session/or-unavailable'
import { firstValue } from '../../../_session/query'
import { Closed } from '../../../_solutions/closed'
import { ProgramList } from '../../../_solutions/program-list'
import { Sharing } from '../../../_solutions/sharing'
import { Page, PageHeader } from '../../../_ui/page'

const getExercise = cache(async (slug: string) => (await findExercise(slug)) ?? notFound())

export async function generateMetadata({ params }: PageProps<'/exercises/[exercise]/solutions'>): Promise<Metadata> {
  const { title } = await getExercise((await params).exercise)
  return { title: (await getTranslations('solutions'))('titleOf', { title: title[await getLocale()] }) }
}

export default async function Solutions({ params, searchParams }: PageProps<'/exercises/[exercise]/solutions'>) {
  const { slug } = await getExercise((await params).exercise)
  const { sort, page } = await searchParams
  const query = ProgramQuery.safeParse({ sort: firstValue(sort), page: firstValue(page) })
  return orUnavailable(() => renderPage(slug, query.success ? query.data : ProgramQuery.parse({})))
}

async function renderPage(slug: string, query: ProgramQuery) {
  const viewer = await requireViewer(`/exercises/${slug}/solutions`)
  const { title } = await getExercise(slug)
  const t = await getTranslations('solutions')
  const access = await solutionAccess(viewer.id, slug)
  const choices = access.state === 'locked' ? null : await findSharingChoices(viewer.id, slug)
  return (
    <Page className="pb-4">
      <p className="pt-10 text-ui">
        <Link href={`/exercises/${slug}`} className="text-link">
          {title[await getLocale()]}
        </Link>
      </p>
      <div className="[&>header]:pt-2">
        <PageHeader title={t('title')} lead={t('lead')} />
      </div>
      <ClientMessages areas={['solutions', 'errors']}>
        <div className="flex flex-col gap-10">
          {choices && <Sharing exercise={slug} choices={choices} />}
          {access.state === 'open'
            ? <ProgramList list={await listSharedPrograms(viewer.id, slug, query)} />
            : <Closed access={access} exercise={slug} />}
        </div>
      </ClientMessages>
    </Page>
  )
}
