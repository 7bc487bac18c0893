'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { SectionView } from '@/lib/contract/class'
import type { ApiProblem } from '../../../../_session/api'
import { useSend } from '../../../../_session/use-send'
import { Button } from '../../../../_ui/button'
import { Select } from '../../../../_ui/select'

/** Puts the chosen students into a section, or into none; nothing is shown while nobody is chosen. */
export function MoveBar({ classId, sections, userIds, onProblem, onDone }: {
  classId: string
  sections: SectionView[]
  userIds: string[]
  onProblem: (problem: ApiProblem | null) => void
  onDone: () => void
}) {
  const t = useTranslations('classes.people')
  const router = useRouter()
  const [target, setTarget] = useState('')
  const { pending, send } = useSend()
  if (userIds.length === 0) return null

  async function move() {
    onProblem(null)
    const body = { userIds, sectionId: target === '' ? null : target }
    const answer = await send('PUT', `/api/classes/${classId}/members`, body)
    if (!answer.ok) return onProblem(answer.problem)
    onDone()
    router.refresh()
  }

  return (
    <div
      className={
        'sticky top-2 z-10 mb-4 flex flex-wrap items-center gap-3 rounded-md border border-line-strong bg-surface ' +
        'px-4 py-2 shadow-floating'
      }
    >
      <p role="status" className="text-ui font-medium figures">
        {t('selected', { count: userIds.length })}
      </p>
      <Select label={t('moveTo')} value={target} onChange={setTarget} className="max-w-56">
        <option value="">{t('noSection')}</option>
        {sections.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Button tone="primary" pending={pending} onClick={() => void move()}>
        {t('move')}
      </Button>
    </div>
  )
}
