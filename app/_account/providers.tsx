'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { SignInProvider } from '@/lib/contract/account'
import type { ApiProblem } from '../_session/api'
import { signInAt } from '../_session/sign-in'
import { Button } from '../_ui/button'

/** One button for each outside provider; nothing when none is configured. */
export function Providers({ providers, next, onProblem }: {
  providers: SignInProvider[]
  next: string
  onProblem: (problem: ApiProblem) => void
}) {
  const t = useTranslations('account.signIn')
  const [leaving, setLeaving] = useState<string | null>(null)
  const outside = providers.filter((provider) => provider.kind === 'oauth')
  if (outside.length === 0) return null

  async function leave(id: string) {
    setLeaving(id)
    const answer = await signInAt(id, next)
    if (answer.ok) return
    setLeaving(null)
    onProblem(answer.problem)
  }

  return (
    <div className="mb-6 flex flex-col gap-2.5">
      {outside.map(({ id, name }) => (
        <Button key={id} size="large" pending={leaving === id} onClick={() => void leave(id)}>
          {t('with', { provider: name })}
        </Button>
      ))}
      <p aria-hidden className="mt-3.5 flex items-center gap-4 text-small text-ink-faint">
        <span className="h-px flex-1 bg-line" />
        {t('or')}
        <span className="h-px flex-1 bg-line" />
      </p>
    </div>
  )
}
