'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useCallback, useMemo, useRef, useState } from 'react'
import { signInPath } from '@/lib/auth/redirect'
import type { ExercisePage } from '@/lib/contract/catalogue'
import type { DraftView, ListedSubmission } from '@/lib/contract/submission'
import type { SourceProblem } from '@/lib/contract/verdict'
import { createSources } from '@/lib/editor/sources'
import type { EditorHandle } from '@/lib/editor/types'
import type { AssetManifest } from '@/lib/runner/manifest'
import type { RunEnd } from '@/lib/runner/results'
import { OWN_TESTS, ownTestsTemplate, SOLUTION, VISIBLE_TESTS } from '../_state/files'
import { runLimitMs } from '../_state/limits'
import type { PaneSizes } from '../_state/pane-sizes'
import { rememberIntent } from '../_state/submit-intent'
import { useDraft } from '../_state/use-draft'
import { useEditorKind } from '../_state/use-editor-kind'
import { useHotkeys } from '../_state/use-hotkeys'
import { useNarrow } from '../_state/use-narrow'
import { useRun } from '../_state/use-run'
import { useSubmission } from '../_state/use-submission'
import { useSubmitAfterSignIn } from '../_state/use-submit-after-sign-in'
import { useTextChanges } from '../_state/use-text-changes'
import { whenIdle } from '../../../_shell/when-idle'
import { Actions } from './actions'
import { Announcer } from './announcer'
import { EditorPane } from './editor-pane'
import { GoTo, type EditorPlace } from './go-to'
import { Guide, type GuideTab, type GuideTexts } from './guide'
import { Notices } from './notices'
import { Panes } from './panes'
import { Results, type ResultsTab } from './results'
import { Stacked, type View } from './stacked'
import { SubmissionList } from './submission-list'
import { VerdictView } from './verdict-view'
import { WorkspaceBar } from './workspace-bar'

/** What the workspace needs of an exercise besides its rendered texts. */
export type WorkspaceExercise = Pick<
  ExercisePage,
  | 'slug' | 'topic' | 'title' | 'topicTitle' | 'difficulty' | 'starter' | 'visibleTests' | 'exports' | 'groups'
  | 'limits' | 'next'
>

export interface WorkspaceProps {
  exercise: WorkspaceExercise
  texts: GuideTexts
  viewerId: string | null
  /** The server's copy of the draft; `unknown` when the database was out of reach. */
  draft: DraftView | null | 'unknown'
  /** Latest first; null when the database was out of reach. */
  submissions: ListedSubmission[] | null
  assets: AssetManifest
  panes: PaneSizes
  /** Whether the server takes this for a phone. */
  narrowGuess: boolean
  /** Whether the address says that Submit was pressed before signing in. */
  submitAfterSignIn: boolean
}

/** The page of an exercise: read, write, run, submit. It ties the parts together and does none of their work. */
export function Workspace({
  exercise, texts, viewerId, draft: server, submissions, assets, panes, narrowGuess, submitAfterSignIn,
}: WorkspaceProps) {
  const t = useTranslations('workspace')
  const locale = useLocale()
  const router = useRouter()
  const editor = useRef<EditorHandle>(null)
  // While the database is away nobody can be told apart from a visitor; Submit then says so by its answer.
  const askToSignIn = viewerId === null && server !== 'unknown'
  const template = ownTestsTemplate(exercise, t('editor.ownTestsComment'))
  const [sources] = useState(() =>
    createSources({
      [SOLUTION]: (server !== 'unknown' && server?.source) || exercise.starter,
      [OWN_TESTS]: (server !== 'unknown' && server?.ownTests) || template,
      [VISIBLE_TESTS]: exercise.visibleTests,
    }),
  )
  const [file, setFile] = useState(SOLUTION)
  const [guideTab, setGuideTab] = useState<GuideTab>('prompt')
  const [resultsTab, setResultsTab] = useState<ResultsTab>('tests')
  const [view, setView] = useState<View>('guide')
  const [plainByForce, setPlainByForce] = useState(false)
  const [editorKind, setEditorKind] = useEditorKind()
  const narrow = useNarrow(narrowGuess)
  const draft = useDraft({ viewerId, exercise: exercise.slug, sources, server })
  const run = useRun({
    frameUrl: assets.frame,
    compilerUrl: assets.compiler,
    wasmUrls: [assets.wasm.br, assets.wasm.plain],
  })
  const refresh = useCallback(() => router.refresh(), [router])
  const submission = useSubmission(exercise.slug, submissions?.[0] ?? null, refresh)
  const wallMs = runLimitMs(exercise.limits)

  const showFile = useCallback((name: string): void => {
    setFile(name)
    setView('code')
  }, [])
  const changes = useTextChanges(sources, showFile)

  const goTo = useCallback((place: EditorPlace): void => {
    showFile(place.file)
    editor.current?.reveal(place.file, place.line, place.column)
  }, [showFile])

  const startRun = async (): Promise<void> => {
    setResultsTab('tests')
    setView('results')
    const own = sources.get(OWN_TESTS)
    const end = await run.start({
      solution: { name: SOLUTION, source: sources.get(SOLUTION) },
      tests: [
        { name: VISIBLE_TESTS, source: sources.get(VISIBLE_TESTS) },
        ...(own.trim() === '' || own === template ? [] : [{ name: OWN_TESTS, source: own }]),
      ],
      wallMs,
    })
    const first = end.kind === 'compile-error' ? end.problems[0] : undefined
    if (first && !narrow) setFile(first.file)
  }

  const signInAndSubmit = (): void => {
    rememberIntent(exercise.slug)
    router.push(signInPath(`/exercises/${exercise.slug}?submit=1`))
  }

  const submit = async (): Promise<void> => {
    draft.flush()
    if (askToSignIn) return signInAndSubmit()
    setResultsTab('submission')
    setView('results')
    const problem = await submission.send(sources.get(SOLUTION))
    // The session ended while this page was open.
    if (problem?.code === 'sign-in-required') signInAndSubmit()
  }

  useSubmitAfterSignIn({
    exercise: exercise.slug,
    signedIn: viewerId !== null,
    asked: submitAfterSignIn,
    ready: draft.ready,
    submit: () => void submit(),
  })
  useHotkeys({ run: () => void startRun(), submit: () => void submit() })

  const problems = useMemo(() => problemsByFile(run.state.end), [run.state.end])
  const onEditorReady = useCallback(() => whenIdle(run.warm), [run.warm])
  const onFallback = useCallback(() => setPlainByForce(true), [])

  const guide = (
    <Guide
      tab={guideTab}
      onTab={setGuideTab}
      texts={texts}
      submissions={
        <SubmissionList
          submissions={submissions}
          signIn={askToSignIn ? signInPath(`/exercises/${exercise.slug}`) : null}
          onShow={(shown) => {
            submission.show(shown)
            setResultsTab('submission')
            setView('results')
          }}
          onRestore={(shown) => void changes.restore(shown)}
        />
      }
    />
  )
  const editorPane = (
    <div className="flex h-full min-h-0 flex-col">
      <div className="min-h-0 flex-1">
        <EditorPane
          ref={editor}
          title={exercise.title[locale]}
          active={file}
          onActive={setFile}
          sources={sources}
          problems={problems}
          kind={draft.ready ? editorKind : null}
          onKind={setEditorKind}
          monaco={assets.monaco}
          onReset={(name) => changes.reset(name, name === SOLUTION ? exercise.starter : template)}
          onReady={onEditorReady}
          onFallback={onFallback}
        />
      </div>
      <Notices
        draft={draft}
        change={changes.latest}
        onCloseChange={changes.close}
        fallback={plainByForce}
        onCloseFallback={() => setPlainByForce(false)}
      />
    </div>
  )
  const results = (
    <Results
      tab={resultsTab}
      onTab={setResultsTab}
      run={run.state}
      limitSeconds={wallMs / 1_000}
      submission={submission.state}
      verdict={
        <VerdictView
          submission={submission.state}
          groups={exercise.groups}
          next={exercise.next && `/exercises/${exercise.next}`}
          topic={`/topics/${exercise.topic}`}
          onRetry={() => void submit()}
          onEditorial={() => {
            setGuideTab('editorial')
            setView('guide')
          }}
        />
      }
    />
  )
  const actions = (
    <Actions
      running={run.state.phase === 'running'}
      submitting={submission.state.phase === 'sending'}
      signedIn={!askToSignIn}
      onRun={() => void startRun()}
      onStop={run.cancel}
      onSubmit={() => void submit()}
      onNear={run.warm}
    />
  )
  return (
    <GoTo value={goTo}>
      <div className="workspace flex min-h-0 flex-1 flex-col">
        <WorkspaceBar exercise={exercise} draft={draft.status} actions={narrow ? null : actions} />
        {narrow ? (
          <Stacked view={view} onView={setView} guide={guide} editor={editorPane} results={results} actions={actions} />
        ) : (
          <Panes sizes={panes} guide={guide} editor={editorPane} results={results} />
        )}
        <Announcer run={run.state} submission={submission.state} />
      </div>
    </GoTo>
  )
}

/** Compile problems as the editor wants them. */
function problemsByFile(end: RunEnd | null): Record<string, SourceProblem[]> {
  if (end?.kind !== 'compile-error') return {}
  const byFile: Record<string, SourceProblem[]> = {}
  for (const { file, problem } of end.problems) (byFile[file] ??= []).push(problem)
  return byFile
}
