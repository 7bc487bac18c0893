'use client'

import { useTranslations } from 'next-intl'
import type { FormIssue } from './form'

/** Rules that have a sentence of their own; all others say that the value is not right. */
const RULES = [
  'due-before-opening', 'closes-before-due', 'twice', 'pick-out-of-range', 'steps-in-order', 'unknown-exercise',
  'empty',
] as const

/** Finds what is wrong with a field, in the reader's words; null when nothing is. */
export function useIssueText(issues: readonly FormIssue[]): (path: string) => string | null {
  const t = useTranslations('sets.editor.wrong')
  return (path) => {
    const issue = issues.find((each) => each.path === path)
    if (!issue) return null
    const rule = RULES.find((each) => each === issue.rule)
    if (rule) return t(rule)
    if (path === 'title') return t(issue.rule === 'too_big' ? 'too-long' : 'title')
    return path.endsWith('At') || path.endsWith('until') ? t('time') : t(path === 'intro' ? 'too-long' : 'number')
  }
}
