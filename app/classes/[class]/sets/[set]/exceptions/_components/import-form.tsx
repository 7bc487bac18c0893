'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { ExceptionImportResult } from '@/lib/contract/set-exception'
import { type ApiProblem, sendJson } from '../../../../../../_session/api'
import { useProblemText } from '../../../../../../_session/use-problem-text'
import { Alert } from '../../../../../../_ui/alert'
import { Button } from '../../../../../../_ui/button'
import { Field, Input, Textarea } from '../../../../../../_ui/field'
import { ImportResult } from './import-result'

/** Grants what a file says: it is checked first, and taken as a whole or not at all. */
export function ImportForm({ path, zone }: { path: string; zone: string }) {
  const t = useTranslations('sets.import')
  const problemText = useProblemText()
  const router = useRouter()
  const [csv, setCsv] = useState('')
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [result, setResult] = useState<ExceptionImportResult | null>(null)

  function change(text: string) {
    setCsv(text)
    setResult(null)
    setProblem(null)
  }

  async function send(apply: boolean) {
    setPending(true)
    const answer = await sendJson('POST', path, { csv, apply })
    setPending(false)
    if (!answer.ok) return setProblem(answer.problem)
    const found = ExceptionImportResult.parse(answer.data)
    setProblem(null)
    setResult(found)
    if (found.applied) router.refresh()
  }

  function check(event: FormEvent) {
    event.preventDefault()
    void send(false)
  }

  const isReady = result !== null && !result.applied && result.problems.length === 0
  return (
    <form method="post" onSubmit={check} className="flex flex-col gap-4">
      <h3 className="text-body font-semibold">{t('title')}</h3>
      <p className="text-small text-ink-soft">{t('help', { zone })}</p>
      <pre
        className="overflow-x-auto rounded-md bg-sunken px-3 py-2 font-mono text-small" tabIndex={0} role="group"
        aria-label={t('example')}
      >
        {'student,due,close,attempts,exempt,reason\nada@example.org,2026-10-05 23:59,,,,Ill\n20260117,,,,yes,'}
      </pre>
      <Field label={t('file')}>
        {(control) => (
          <Input
            {...control} type="file" accept=".csv,text/csv,text/plain" className="py-1.5"
            onChange={(event) => void event.target.files?.[0]?.text().then(change)}
          />
        )}
      </Field>
      <Field label={t('text')}>
        {(control) => (
          <Textarea
            {...control} rows={5} spellCheck={false} className="font-mono text-ui" value={csv}
            onChange={(event) => change(event.target.value)}
          />
        )}
      </Field>
      {problem && <Alert tone="warn" live="assertive">{problemText(problem)}</Alert>}
      {result && <ImportResult result={result} zone={zone} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" pending={pending && !isReady} disabled={csv.trim() === ''}>
          {t('check')}
        </Button>
        {isReady && (
          <Button tone="primary" pending={pending} onClick={() => void send(true)}>
            {t('apply', { count: result.grantedCount })}
          </Button>
        )}
      </div>
    </form>
  )
}
