import type { ClassView } from '@/lib/contract/class'
import type { SetView } from '@/lib/contract/problem-set'
import { listTopics } from '@/lib/learn/topics'
import { entriesOf, topicsOf } from '../../../../_catalogue/entry'
import { promptTextsVersion } from '../../../../_catalogue/prompt-texts'
import { ClientMessages } from '../../../../_i18n/client-messages'
import { SetEditor } from './set-editor'

const NO_PROGRESS = new Map()

/** The editor with all that it needs of the server. @param set null for a new one */
export async function EditorPage({ of, set }: { of: ClassView; set: SetView | null }) {
  const topics = await listTopics()
  return (
    <ClientMessages areas={['sets', 'errors']}>
      <SetEditor
        classId={of.id} zone={of.timeZone} graceDays={of.graceDays} set={set} now={startOfMinute()}
        topics={topicsOf(topics)} entries={entriesOf(topics, NO_PROGRESS)} promptsVersion={await promptTextsVersion()}
      />
    </ClientMessages>
  )
}

function startOfMinute(): number {
  return Math.floor(Date.now() / 60_000) * 60_000
}
