'use client'

import { Lock } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { EmptyState } from '../../../_ui/empty-state'
import { Tab, TabList, TabPanel, Tabs } from '../../../_ui/tabs'
import { HintList, type HintView } from './hint-list'

export const GUIDE_TABS = ['prompt', 'tests', 'hints', 'submissions', 'editorial'] as const
export type GuideTab = (typeof GUIDE_TABS)[number]

/** What the server has rendered of an exercise's texts. */
export interface GuideTexts {
  prompt: ReactNode
  tests: ReactNode
  hints: HintView[]
  /** Null until the reader has passed. */
  editorial: ReactNode | null
}

/** The pane beside the editor: the task and all that goes with it. */
export function Guide({ tab, onTab, texts, submissions }: {
  tab: GuideTab
  onTab: (tab: GuideTab) => void
  texts: GuideTexts
  submissions: ReactNode
}) {
  const t = useTranslations('workspace')
  const contents: Record<GuideTab, ReactNode> = {
    prompt: texts.prompt,
    tests: texts.tests,
    hints: <HintList hints={texts.hints} />,
    submissions,
    editorial: texts.editorial ?? (
      <EmptyState icon={<Lock />} title={t('editorial.locked')}>
        {t('editorial.lockedText')}
      </EmptyState>
    ),
  }
  return (
    <Tabs value={tab} onValueChange={(value) => onTab(value as GuideTab)} className="flex h-full min-h-0 flex-col">
      <TabList className="shrink-0 px-2" aria-label={t('guide.label')}>
        {GUIDE_TABS.map((each) => (
          <Tab key={each} value={each}>
            {t(`guide.${each}`)}
          </Tab>
        ))}
      </TabList>
      {GUIDE_TABS.map((each) => (
        <TabPanel
          key={each}
          value={each}
          forceMount
          // Stays in the page while another tab is shown, so that it is where the reader left it.
          className="min-h-0 flex-1 overflow-y-auto px-5 pt-5 pb-10 data-[state=inactive]:hidden"
        >
          {contents[each]}
        </TabPanel>
      ))}
    </Tabs>
  )
}
