'use client'

import { useTranslations } from 'next-intl'
import { useRef, useState, type ReactNode } from 'react'
import { Group, Panel, Separator, type Layout, type LayoutChangedMeta } from 'react-resizable-panels'
import { cx } from '../../../_ui/cx'
import { rememberPaneSizes, type PaneSizes } from '../_state/pane-sizes'

/** The wide workspace: guide on the left, editor above results on the right, all three resizable. */
export function Panes({ sizes, guide, editor, results }: {
  /** What the reader left behind; read once. */
  sizes: PaneSizes
  guide: ReactNode
  editor: ReactNode
  results: ReactNode
}) {
  const t = useTranslations('workspace.resize')
  const latest = useRef(sizes)
  const [first] = useState(sizes)
  const remember = (pane: keyof PaneSizes, layout: Layout, { isUserInteraction }: LayoutChangedMeta): void => {
    if (!isUserInteraction) return
    latest.current = { ...latest.current, [pane]: layout[pane] ?? latest.current[pane] }
    rememberPaneSizes(latest.current)
  }
  return (
    <Group
      className="min-h-0 flex-1"
      defaultLayout={{ guide: first.guide, work: 100 - first.guide }}
      onLayoutChanged={(layout, change) => remember('guide', layout, change)}
    >
      <Panel id="guide" minSize="20rem" maxSize="70%">
        {guide}
      </Panel>
      <Handle label={t('guide')} orientation="vertical" />
      <Panel id="work" minSize="22rem">
        <Group
          orientation="vertical"
          defaultLayout={{ editor: first.editor, results: 100 - first.editor }}
          onLayoutChanged={(layout, change) => remember('editor', layout, change)}
        >
          <Panel id="editor" minSize="8rem">
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
