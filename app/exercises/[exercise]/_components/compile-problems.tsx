'use client'

import { CircleX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { SourceProblem } from '@/lib/contract/verdict'
import { PlaceButton } from './go-to'

/** What keeps a source from compiling, with its places. Problems with a code are worded in the reader's language. */
export function CompileProblems({ problems }: { problems: readonly { file: string; problem: SourceProblem }[] }) {
  const t = useTranslations('workspace.compile')
  return (
    <section className="flex flex-col gap-2">
      <h3 className="flex items-center gap-2 text-ui font-medium text-bad">
        <CircleX aria-hidden className="size-4.5" />
        {t('title', { count: problems.length })}
      </h3>
      <ul className="flex flex-col gap-1.5 pl-6.5">
        {problems.map(({ file, problem }, index) => (
          <li key={index} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
            {problem.line !== null && (
              <PlaceButton place={{ file, line: problem.line, column: problem.column ?? 0 }} />
            )}
            <span className="min-w-0 text-ui break-words">
              {problem.code ? t(`problem.${problem.code}`, { subject: problem.subject ?? '' }) : problem.message}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
