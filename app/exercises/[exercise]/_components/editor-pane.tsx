'use client'

import { Lock, RotateCcw, TextCursorInput } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useMemo, type Ref } from 'react'
import { CodeWorkspaceEditor } from '@/lib/editor/editor'
import type { MonacoFiles } from '@/lib/editor/monaco'
import type { Sources } from '@/lib/editor/sources'
import type { EditorFile, EditorHandle, EditorProps } from '@/lib/editor/types'
import { IconButton } from '../../../_ui/icon-button'
import { Tab, TabList, TabPanel, Tabs } from '../../../_ui/tabs'
import { useShownTheme } from '../../../_ui/theme/use-theme'
import { OWN_TESTS, SOLUTION, VISIBLE_TESTS } from '../_state/files'
import type { EditorKind } from '../_state/use-editor-kind'

const FILES: readonly EditorFile[] = [
  { name: SOLUTION },
  { name: OWN_TESTS },
  { name: VISIBLE_TESTS, readOnly: true },
]

/** The learner's two files and the visible tests, with the few things that can be done to them. */
export function EditorPane({
  title, active, onActive, sources, problems, kind, onKind, monaco, onReset, onReady, onFallback, ref,
}: {
  title: string
  active: string
  onActive: (file: string) => void
  sources: Sources
  problems: EditorProps['problems']
  kind: EditorKind | null
  onKind: (kind: EditorKind) => void
  monaco: MonacoFiles
  onReset: (file: string) => void
  onReady: () => void
  onFallback: () => void
  ref: Ref<EditorHandle>
}) {
  const t = useTranslations('workspace.editor')
  const locale = useLocale()
  const theme = useShownTheme()
  const words = useMemo(
    () => ({
      label: (file: string) => t('label', { title, file }),
      tabHelp: t('tabHelp'),
      tabFreed: t('tabFreed'),
      problems: (count: number) => t('problems', { count }),
    }),
    [t, title],
  )
  return (
    <Tabs value={active} onValueChange={onActive} className="flex h-full min-h-0 flex-col bg-surface">
      <div className="flex shrink-0 items-center border-b border-line pr-2">
        <TabList aria-label={t('files')} className="min-w-0 flex-1 border-b-0 px-2">
          {FILES.map(({ name, readOnly }) => (
            <Tab key={name} value={name} className="font-mono text-small">
              {name}
              {readOnly && <Lock role="img" aria-label={t('readOnly')} className="size-3.5! text-ink-faint" />}
            </Tab>
          ))}
        </TabList>
        {active !== VISIBLE_TESTS && (
          <IconButton size="small" label={t('reset')} icon={<RotateCcw />} onClick={() => onReset(active)} />
        )}
        <IconButton
          size="small"
          label={t(kind === 'plain' ? 'full' : 'plain')}
          icon={<TextCursorInput />}
          onClick={() => onKind(kind === 'plain' ? 'full' : 'plain')}
        />
      </div>
      {/* One panel for all tabs: the editor stays and changes its file. */}
      <TabPanel value={active} forceMount tabIndex={-1} className="min-h-0 flex-1 outline-none">
        <CodeWorkspaceEditor
          ref={ref}
          kind={kind}
          monaco={monaco}
          locale={locale}
          words={words}
          files={FILES}
          active={active}
          sources={sources}
          title={title}
          problems={problems}
          theme={theme}
          onReady={onReady}
          onFallback={onFallback}
        />
      </TabPanel>
    </Tabs>
  )
}
