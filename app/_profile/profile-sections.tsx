import type { TopicSummary } from '@/lib/contract/catalogue'
import type { ProfileView } from '@/lib/contract/profile'
import type { ExerciseState } from '../_ui/state-mark'
import { Activity } from './activity'
import { Badges } from './badges'
import { Difficulties } from './difficulties'
import { Recent } from './recent'
import { standingsOf } from './standing'
import { TopicMap } from './topic-map'

const OWN_STATES = ['passed', 'tried', 'untouched'] as const
const PUBLIC_STATES = ['passed', 'untouched'] as const

/**
 * What a profile shows. `own` adds what is only for its owner: badges that are still to be had, and, by `stateOf`, what
 * was tried without a pass.
 */
export function ProfileSections({ profile, topics, own, stateOf }: {
  profile: ProfileView
  topics: readonly TopicSummary[]
  own: boolean
  stateOf: (slug: string) => ExerciseState
}) {
  const exercises = topics.flatMap((topic) => topic.exercises)
  return (
    <>
      <Activity profile={profile} own={own} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-12 pt-12 md:grid-cols-2">
        <Difficulties difficulties={profile.difficulties} />
        <Recent recent={profile.recent} exercises={exercises} />
      </div>
      <Badges badges={profile.badges} exercises={exercises} open={own} />
      <TopicMap
        standings={standingsOf(topics, stateOf)} badges={profile.topics} states={own ? OWN_STATES : PUBLIC_STATES}
      />
    </>
  )
}
