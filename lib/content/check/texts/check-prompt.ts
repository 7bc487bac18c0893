import { type Locale, LOCALES } from '@/lib/contract/localized'
import type { ContentProblem } from '../../problem'
import { problemIn, type Subject } from '../subject'

/** How each language writes a time limit; the space may be left out. */
const SECONDS: Record<Locale, string> = { en: 's', zh: '秒' }

/** A prompt tells what is graded: a table row for each group with its points, and the limits of a run. */
export function checkPrompt(subject: Subject): ContentProblem[] {
  const { groups, limits } = subject.exercise.manifest
  return LOCALES.flatMap((locale) => {
    const text = subject.exercise.page.prompt[locale]
    const problem = (message: string): ContentProblem => {
      return problemIn(subject, `prompt.${locale}.md`, 'grading-told', message)
    }
    const rows = text.split('\n').map(readRow)
    const time = new RegExp(`(?<![\\d.])${limits.wallMs / 1000} ?${SECONDS[locale]}(?![a-z])`)
    return [
      ...Object.entries(groups)
        .filter(([title, { points }]) => !rows.some((row) => row?.points === points && isAbout(row.about, title)))
        .map(([title, { points }]) => problem(`has no table row for the group "${title}" with ${points} points`)),
      ...(time.test(text) ? [] : [problem(`does not tell the time limit, ${limits.wallMs / 1000} ${SECONDS[locale]}`)]),
      ...(text.includes(`${limits.memoryMiB} MiB`)
        ? []
        : [problem(`does not tell the memory limit, ${limits.memoryMiB} MiB`)]),
    ]
  })
}

function readRow(line: string): { about: string; points: number } | null {
  const [, about = '', points] = /^\| (.+?) \| (\d+) \|$/.exec(line) ?? []
  return points === undefined ? null : { about, points: Number(points) }
}

/** A row names the title as the tests write it; a translation may follow in brackets. */
function isAbout(about: string, title: string): boolean {
  return about === title || (about.startsWith(`${title}（`) && about.endsWith('）'))
}
