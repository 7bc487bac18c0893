'use client'

import { FileUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useRef, useState } from 'react'
import { MAX_ROSTER_BYTES, MAX_ROSTER_PEOPLE, RosterReport } from '@/lib/contract/roster'
import { useProblemText } from '../../../../../_session/use-problem-text'
import { useSend } from '../../../../../_session/use-send'
import { Alert } from '../../../../../_ui/alert'
import { Button, LinkButton } from '../../../../../_ui/button'
import { Field, Textarea } from '../../../../../_ui/field'
import { readTextFile } from './read-file'
import { RosterPreview } from './roster-preview'

type Note = 'gb' | 'unreadable' | 'tooLarge' | 'stale' | null

/** A roster from a file or typed, its preview, and then its import. */
export function RosterImport({ classId }: { classId: string }) {
  const t = useTranslations('classes.roster')
  const problemText = useProblemText()
  const input = useRef<HTMLInputElement>(null)
  const [csv, setCsv] = useState('')
  const [note, setNote] = useState<Note>(null)
  const [report, setReport] = useState<RosterReport | null>(null)
  const [done, setDone] = useState(false)
  const looking = useSend()
  const importing = useSend()
  const problem = looking.problem ?? importing.problem
  const path = `/api/classes/${classId}/roster`

  async function preview(text: string) {
    const answer = await looking.send('POST', `${path}/preview`, { csv: text })
    setReport(answer.ok ? RosterReport.parse(answer.data) : null)
  }

  async function take(file: File | undefined) {
    if (!file) return
    setReport(null)
    if (file.size > MAX_ROSTER_BYTES) return setNote('tooLarge')
    const read = await readTextFile(file)
    setNote(!read ? 'unreadable' : read.isGb ? 'gb' : null)
    if (!read) return
    setCsv(read.text)
    await preview(read.text)
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    setNote(null)
    await preview(csv)
  }

  async function carryOut() {
    const answer = await importing.send('POST', path, { csv })
    if (answer.ok) return setDone(true)
    // The preview was without a problem: the class has changed since.
    if (answer.problem.code !== 'bad-request') return
    importing.forget()
    setNote('stale')
    await preview(csv)
  }

  if (done) {
    return (
      <Alert
        tone="good"
        live="polite"
        title={t('done')}
        action={<LinkButton href={`/classes/${classId}/people`}>{t('toPeople')}</LinkButton>}
      >
        {t('doneText')}
      </Alert>
    )
  }
  return (
    <>
      <form
        method="post"
        noValidate
        onSubmit={(event) => void submit(event)}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault()
          void take(event.dataTransfer.files[0])
        }}
        className="flex max-w-2xl flex-col gap-4"
      >
        <div className="flex flex-wrap items-center gap-3">
          <input
            ref={input}
            type="file"
            accept=".csv,.tsv,.txt,text/csv,text/plain"
            hidden
            onChange={(event) => {
              void take(event.target.files?.[0])
              // The same file, corrected, can be chosen again.
              event.target.value = ''
            }}
          />
          <Button onClick={() => input.current?.click()}>
            <FileUp aria-hidden />
            {t('file')}
          </Button>
          <span className="text-small text-ink-soft">{t('fileNone')}</span>
        </div>
        <Field label={t('text')} help={t('columnsText')}>
          {(control) => (
            <Textarea
              {...control}
              name="csv"
              spellCheck={false}
              rows={7}
              wrap="off"
              placeholder={t('sample')}
              className="font-mono text-ui!"
              value={csv}
              onChange={(event) => {
                setCsv(event.target.value)
                setReport(null)
                setNote(null)
              }}
            />
          )}
        </Field>
        {note && (
          <Alert tone={note === 'gb' || note === 'stale' ? 'warn' : 'bad'} live="assertive">
            {t(note, { max: MAX_ROSTER_PEOPLE })}
          </Alert>
        )}
        {problem && (
          <Alert tone="bad" live="assertive">
            {problem.code === 'bad-request' ? t('tooLarge', { max: MAX_ROSTER_PEOPLE }) : problemText(problem)}
          </Alert>
        )}
        <Button
          type="submit"
          tone={report ? 'secondary' : 'primary'}
          pending={looking.pending}
          disabled={csv.trim() === ''}
          className="self-start"
        >
          {t('preview')}
        </Button>
      </form>
      {report && <RosterPreview report={report} pending={importing.pending} onImport={() => void carryOut()} />}
    </>
  )
}
