import type { Difficulty } from '@/lib/contract/exercise'
import type { SetItemView } from '@/lib/contract/problem-set'

/** An exercise of a set with what its list shows. */
export interface ListedItem extends SetItemView {
  title: string
  /** Null when the exercise is not in the catalogue any more. */
  difficulty: Difficulty | null
}
