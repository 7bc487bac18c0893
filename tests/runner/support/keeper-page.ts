import { createDraftKeeper, type DraftKeeper, type DraftStatus } from '@/app/exercises/[exercise]/_state/draft-keeper'
import { loadDraft } from '@/app/exercises/[exercise]/_state/draft-storage'
import type { LocalDraft } from '@/app/exercises/[exercise]/_state/draft'

/** What a test of the draft keeper does in the page and sees of it. */
export interface KeeperLab {
  start: (viewerId: string | null, current: LocalDraft | null) => void
  type: (source: string) => void
  flush: () => void
  /** Ends the keeper as a page does that goes on to another. */
  leave: () => void
  statuses: DraftStatus[]
  /** Sources of copies that were found on the server. */
  elsewhere: string[]
  stored: () => LocalDraft | null
}

const EXERCISE = 'lru-cache'
let keeper: DraftKeeper | null = null
let owner: string | null = null

const lab: KeeperLab = {
  start: (viewerId, current) => {
    owner = viewerId
    keeper = createDraftKeeper({
      viewerId,
      owner,
      exercise: EXERCISE,
      current,
      onStatus: (status) => void lab.statuses.push(status),
      onElsewhere: ({ source }) => void lab.elsewhere.push(source),
    })
  },
  type: (source) => keeper?.edited({ source, ownTests: '' }),
  flush: () => keeper?.flush(),
  leave: () => {
    keeper?.flush()
    keeper?.stop()
  },
  statuses: [],
  elsewhere: [],
  stored: () => loadDraft(owner, EXERCISE),
}
Object.assign(window, { lab })
