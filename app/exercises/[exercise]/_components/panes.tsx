'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Group, Panel, Separator, type LayoutStorage, useDefaultLayout } from 'react-resizable-panels'
import { cx } from '../../../_ui/cx'

/** Layouts are remembered in this browser; where it refuses, each visit begins with the default. */
const STORAGE: LayoutStorage = {
  getItem: (key) => (typeof localStorage === 'undefined' ? null : localStorage.getItem(key)),
  setItem: (key, value) => {
    try {
      localStorage.setItem(key, value)
    } catch {
      // Not remembered.
    }
  },
}

/** The wide workspace: guide on the left, editor above results on the right, all three resizable. */
export function Panes({ guide, editor, results }: { guide: ReactNode; editor: ReactNode; results: ReactNode }) {
  const t = useTranslations('workspace.resize')
  const columns = useDefaultLayout({ id: 'handroll:panes:columns', storage: STORAGE })
  const rows = useDefaultLayout({ id: 'handroll:panes:rows', storage: STORAGE })
  return (
    <Group className="min-h-0 flex-1" {...columns}>
      <Panel id="guide" defaultSize="40%" minSize="20rem" maxSize="70%">
        {guide}
      </Panel>
      <Handle label={t('guide')} orientation="vertical" />
      <Panel id="work" minSize="22rem">
        <Group orientation="vertical" {...rows}>
          <Panel id="editor" defaultSize="62%" minSize="8rem">
            {editor}
          </Panel>
          <Handle label={t('results')} orientation="horizontal" />
          <Panel id="results" minSize="2.6rem">
            {results}
          </Panel>
        </Group>
      </Panel>
    </Group>
  )
}

/** The line between two panes. Arrow keys move it too. */
function Handle({ label, orientation }: { label: string; orientation: 'vertical' | 'horizontal' }) {
  return (
    <Separator
      aria-label={label}
      className={cx(
        'relative bg-line outline-none transition-colors data-[separator=active]:bg-accent',
        'data-[separator=hover]:bg-line-strong focus-visible:bg-accent',
        orientation === 'vertical' ? 'w-px' : 'h-px',
      )}
    />
  )
}
