import { useTranslations } from 'next-intl'
import type { SetView } from '@/lib/contract/problem-set'

/** What applies in a set besides its dates, in sentences. */
export function SetRules({ set }: { set: SetView }) {
  const t = useTranslations('sets.rules')
  const { latePolicy: policy, attemptLimit, coolDownSeconds, reveal, pickCount, items } = set
  const choices = items.filter(({ kind }) => kind === 'choice').length
  const sentences = [
    policy.kind === 'per-day' ? t('late.per-day', { percent: policy.percent, floor: policy.floor })
      : policy.kind === 'grace-days' ? t('late.grace-days', { most: policy.most })
        : t(`late.${policy.kind}`),
    choices > 0 && t('pick', { pick: pickCount, of: choices }),
    attemptLimit !== null && t('attempts', { count: attemptLimit }),
    coolDownSeconds > 0 && t('coolDown', { minutes: Math.ceil(coolDownSeconds / 60) }),
    reveal !== 'now' && t(`reveal.${reveal}`),
    t('editorial'),
  ]
  return (
    <ul className="flex max-w-prose list-disc flex-col gap-1 pl-5 text-ui text-ink-soft">
      {sentences.map((sentence) => sentence && <li key={sentence}>{sentence}</li>)}
    </ul>
  )
}
