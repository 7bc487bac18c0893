'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { Select } from '../../_ui/select'

/** Which exercise's submissions are listed; the list follows at once, and so does the address. */
export function ExerciseFilter({ exercise, options }: {
  exercise: string
  options: { slug: string; title: string }[]
}) {
  const t = useTranslations('submissions')
  const router = useRouter()
  const [pending, startTransition] = useTransition()

  function choose(slug: string) {
    const query = slug === '' ? '' : `?${new URLSearchParams({ exercise: slug })}`
    startTransition(() => router.replace(`/submissions${query}`, { scroll: false }))
  }

  return (
    <Select label={t('filter')} defaultValue={exercise} onChange={choose} aria-busy={pending} className="max-w-72">
      <option value="">{t('anyExercise')}</option>
      {options.map(({ slug, title }) => (
        <option key={slug} value={slug}>
          {title}
        </option>
      ))}
    </Select>
  )
}
