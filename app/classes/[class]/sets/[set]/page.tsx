import type { Metadata } from 'next'
import { getLocale, getTimeZone, getTranslations } from 'next-intl/server'
import { getViewer } from '@/lib/auth/viewer'
import type { Viewer } from '@/lib/contract/account'
import type { ClassView } from '@/lib/contract/class'
import { isProblemError } from '@/lib/contract/problem'
import type { SetView } from '@/lib/contract/problem-set'
import { listClasses } from '@/lib/learn/classes/classes'
import { countEarlyAttempts } from '@/lib/learn/classes/early-attempts'
import { readOwnMarks } from '@/lib/learn/classes/gradebook'
import { listSetLog } from '@/lib/learn/classes/set-log'
import { getSet, listOwnAttempts } from '@/lib/learn/classes/sets'
import { listTopics } from '@/lib/learn/topics'
import { ClientMessages } from '../../../../_i18n/client-messages'
import { ClassFrame } from '../../_components/class-frame'
import { classPage } from '../../_components/class-page'
import { findClass } from '../../_components/find-class'
import { OwnSet } from './_components/own-set'
import { StaffSet } from './_components/staff-set'

export async function generateMetadata({ params }: PageProps<'/classes/[class]/sets/[set]'>): Promise<Metadata> {
  const { class: classId, set } = await params
  const t = await getTranslations('sets')
  const robots = { index: false }
  try {
    const viewer = await getViewer()
    return { title: viewer ? (await getSet(viewer, classId, set)).title : t('title'), robots }
  } catch (error) {
    // The page itself says what is wrong.
    if (isProblemError(error)) return { title: t('title'), robots }
    throw error
  }
}

export default async function ProblemSet({ params }: PageProps<'/classes/[class]/sets/[set]'>) {
  const { class: classId, set } = await params
  return classPage(`/classes/${classId}/sets/${set}`, (viewer) => renderPage(viewer, classId, set))
}

async function renderPage(viewer: Viewer, classId: string, setId: string) {
  const view = await findClass(viewer, classId)
  const set = await getSet(viewer, classId, setId)
  const locale = await getLocale()
  const exercises = new Map((await listTopics()).flatMap((topic) => topic.exercises.map((each) => [each.slug, each])))
  const items = set.items.map((item) => {
    const known = exercises.get(item.exercise)
    return { ...item, title: known?.title[locale] ?? item.exercise, difficulty: known?.difficulty ?? null }
  })
  return (
    <ClassFrame classId={classId} viewer={viewer} current="sets">
      <ClientMessages areas={['sets', 'errors']}>
        {view.role === 'student' ? (
          <OwnSet
            of={view} set={set} items={items} now={Date.now()} zone={await getTimeZone()}
            marks={await findMarks(viewer, classId, setId)} attempts={await listOwnAttempts(viewer, classId, setId)}
          />
        ) : (
          <StaffSet
            of={view} set={set} items={items} now={Date.now()} log={await listSetLog(viewer, classId, setId)}
            early={isPublishable(view, set) ? await countEarlyAttempts(viewer, classId, setId) : null}
            classes={(await listClasses(viewer)).filter(({ role, archivedAt }) => role === 'instructor' && !archivedAt)}
          />
        )}
      </ClientMessages>
    </ClassFrame>
  )
}

function isPublishable({ role, archivedAt }: ClassView, { publishedAt }: SetView): boolean {
  return role === 'instructor' && archivedAt === null && publishedAt === null
}

async function findMarks(viewer: Viewer, classId: string, setId: string) {
  const marks = await readOwnMarks(viewer, classId)
  return marks?.sets.find((each) => each.setId === setId) ?? null
}
