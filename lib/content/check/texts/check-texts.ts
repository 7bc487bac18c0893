import type { ContentProblem } from '../../problem'
import type { FolderFiles } from '../../read-folder'
import { exerciseFolders } from '../../read-topics'
import { checkFigure } from './check-figure'
import { checkText, type KnownPages } from './check-text'
import { readMarkdown } from './read-markdown'

/** Rules on all texts and figures of the course: notes, prompts, hints, editorials. */
export function checkTexts(topics: ReadonlyMap<string, FolderFiles>): ContentProblem[] {
  const known: KnownPages = {
    topics: new Set(topics.keys()),
    exercises: new Set([...topics.values()].flatMap(exerciseFolders)),
  }
  return [...topics].flatMap(([topic, files]) => checkTopicTexts(topic, files, known))
}

function checkTopicTexts(topic: string, files: FolderFiles, known: KnownPages): ContentProblem[] {
  const figures = new Map([...files].filter(([file]) => file.startsWith('figures/') && file.endsWith('.svg')))
  const shown = new Map<string, string[]>()
  const problems: ContentProblem[] = []
  for (const [name, text] of files) {
    if (!name.endsWith('.md') || text.trim() === '') continue
    const file = `${topic}/${name}`
    const facts = readMarkdown(text)
    const isNote = !name.includes('/')
    problems.push(...checkText(file, facts, known, isNote ? new Set(figures.keys()) : undefined))
    if (!isNote) continue
    shown.set(name, facts.images)
    for (const exercise of exerciseFolders(files)) {
      if (facts.standaloneLinks.includes(`/exercises/${exercise}`)) continue
      const message = `has no line of its own that is a link to /exercises/${exercise}`
      problems.push({ file, rule: 'link-missing', message })
    }
  }
  problems.push(...checkTwins(topic, shown))
  for (const [figure, svg] of figures) {
    const file = `${topic}/${figure}`
    const isShown = [...shown.values()].some((images) => images.includes(figure))
    if (!isShown) problems.push({ file, rule: 'file-stray', message: 'is shown by no note' })
    problems.push(...checkFigure(file, figure.slice('figures/'.length), svg))
  }
  return problems
}

/** Both notes show the same figures: one file for both languages, or `x.en.svg` in one and `x.zh.svg` in the other. */
function checkTwins(topic: string, shown: ReadonlyMap<string, string[]>): ContentProblem[] {
  const [english, chinese] = [shown.get('note.en.md'), shown.get('note.zh.md')]
  if (english === undefined || chinese === undefined) return []
  const expected = english.map((image) => image.replace(/\.en\.svg$/, '.zh.svg'))
  if (expected.join('\n') === chinese.join('\n')) return []
  const list = (images: readonly string[]): string => images.join(', ') || 'none'
  const message = `shows ${list(chinese)}; by the English note it would be ${list(expected)}`
  return [{ file: `${topic}/note.zh.md`, rule: 'figure-twin', message }]
}
