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
  const shown = new Set<string>()
  const problems: ContentProblem[] = []
  for (const [name, text] of files) {
    if (!name.endsWith('.md') || text.trim() === '') continue
    const file = `${topic}/${name}`
    const facts = readMarkdown(text)
    const isNote = !name.includes('/')
    problems.push(...checkText(file, facts, known, isNote ? new Set(figures.keys()) : undefined))
    if (!isNote) continue
    for (const image of facts.images) shown.add(image)
    for (const exercise of exerciseFolders(files)) {
      if (facts.standaloneLinks.includes(`/exercises/${exercise}`)) continue
      const message = `has no line of its own that is a link to /exercises/${exercise}`
      problems.push({ file, rule: 'link-missing', message })
    }
  }
  for (const [figure, svg] of figures) {
    const file = `${topic}/${figure}`
    if (!shown.has(figure)) problems.push({ file, rule: 'file-stray', message: 'is shown by no note' })
    problems.push(...checkFigure(file, figure.slice('figures/'.length), svg))
  }
  return problems
}
