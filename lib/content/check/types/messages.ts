import type { ContentProblem } from '../../problem'
import type { Subject } from '../subject'

/** To the child that type-checks; it answers with one TypesMessage. */
export interface TypesJob {
  subjects: Subject[]
}

export interface TypesMessage {
  problems: ContentProblem[]
}
