import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { requireViewer } from '@/lib/auth/viewer'
import { findSharingChoices } from '@/lib/learn/solutions/sharing'
import { ClientMessages } from '../../../_i18n/client-messages'
import { Sharing } from '../../../_solutions/sharing'

/** Whether the submission is shared with others who have passed the exercise; nothing where there is no such choice. */
export async function Share({ exercise, submission, isOffered }: {
  exercise: string
  submission: string
  /** Whether the exercise is in the catalogue. */
  isOffered: boolean
}) {
  const viewer = await requireViewer(`/submissions/${submission}`)
  const choices = await findSharingChoices(viewer.id, exercise, submission)
  if (!choices) return null
  const t = await getTranslations('solutions')
  return (
    <ClientMessages areas={['solutions', 'errors']}>
      <div className="mt-12 flex flex-col gap-3">
        <Sharing exercise={exercise} choices={choices} here={submission} />
        {isOffered && (
          <p className="text-ui">
            <Link href={`/exercises/${exercise}/solutions`} className="text-link">
              {t('see')}
            </Link>
          </p>
        )}
      </div>
    </ClientMessages>
  )
}
