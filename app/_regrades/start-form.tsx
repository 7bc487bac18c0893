'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { RegradeView } from '@/lib/contract/regrade'
import { type ApiProblem, sendJson } from '../_session/api'
import { useProblemText } from '../_session/use-problem-text'
import { Alert } from '../_ui/alert'
import { Button } from '../_ui/button'
import { Select } from '../_ui/select'

/**
 * Begins a dry run for one exercise and goes to it.
 * @param at where these regrades are: `/admin`, or the path of a class
 */
export function StartForm({ at, options }: { at: string; options: { slug: string; title: string }[] }) {
  const t = useTranslations('regrades')
  const problemText = useProblemText()
  const router = useRouter()
  const [exercise, setExercise] = useState(options[0]?.slug ?? '')
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)

  async function start(event: FormEvent) {
    event.preventDefault()
    setPending(true)
    setProblem(null)
    const answer = await sendJson('POST', `/api${at}/regrades`, { exercise })
    if (answer.ok) return router.push(`${at}/regrades/${RegradeView.parse(answer.data).id}`)
    setPending(false)
    setProblem(answer.problem)
  }

  if (options.length === 0) return null
  return (
    <form method="post" onSubmit={(event) => void start(event)} className="mb-8 flex max-w-xl flex-col gap-4">
      {problem && (
        <Alert tone="warn" live="assertive">
          {problem.code === 'conflict' ? t('another') : problemText(problem)}
        </Alert>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Select label={t('columns.exercise')} value={exercise} onChange={setExercise} className="max-w-72">
          {options.map(({ slug, title }) => (
            <option key={slug} value={slug}>
              {title}
            </option>
          ))}
        </Select>
        <Button type="submit" tone="primary" pending={pending}>
          {t('start')}
        </Button>
      </div>
    </form>
  )
}
