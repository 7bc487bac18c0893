import { assembleTopic } from './assemble-topic'
import { type Catalogue, createCatalogue } from './catalogue'
import { loadTopic, type TopicDraft } from './load-topic'
import { type ContentProblem, sortProblems } from './problem'
import type { FolderFiles } from './read-folder'
import { exerciseFolders, readTopics } from './read-topics'

export interface LoadedCatalogue {
  catalogue: Catalogue
  /** Everything that is wrong, all at once. Broken exercises and topics are not in the catalogue. */
  problems: ContentProblem[]
}

/**
 * Reads the content folder. Never throws for what is in it: whatever breaks a rule of the format is reported and left
 * out. A folder that cannot be read gives an empty catalogue and one problem. What it takes to run code or to parse
 * texts is the business of the content check (check/), not of every start.
 */
export async function loadCatalogue(dir: string): Promise<LoadedCatalogue> {
  let folders: Map<string, FolderFiles>
  try {
    folders = await readTopics(dir)
  } catch (error) {
    const message = `cannot be read: ${(error as Error).message}; set EXERCISES_DIR to the folder that holds the topics`
    return { catalogue: createCatalogue([]), problems: [{ file: '.', rule: 'folder-unreadable', message }] }
  }
  const placed = [...folders].flatMap(([topic, files]) => exerciseFolders(files).map((slug) => ({ topic, slug })))
  const loaded = [...folders].map(([slug, files]) => loadTopic(slug, files))
  const drafts = loaded.flatMap(({ draft }) => (draft === null ? [] : [draft]))
  const problems = loaded.flatMap((topic) => topic.problems)
  const unique = withoutTwins(drafts, placed, problems)
  reportSharedOrders(unique, problems)
  const topics = unique.sort((a, b) => a.manifest.order - b.manifest.order || (a.slug < b.slug ? -1 : 1))
  return { catalogue: createCatalogue(topics.map(assembleTopic)), problems: sortProblems(problems) }
}

/** Leaves out exercises whose slug stands in more than one topic, since neither can have the address. */
function withoutTwins(
  drafts: TopicDraft[],
  placed: ReadonlyArray<{ topic: string; slug: string }>,
  problems: ContentProblem[],
): TopicDraft[] {
  const topicsOf = (slug: string): string[] => placed.filter((each) => each.slug === slug).map(({ topic }) => topic)
  const twins = placed.filter(({ slug }) => topicsOf(slug).length > 1)
  for (const { topic, slug } of twins) {
    const others = topicsOf(slug).filter((other) => other !== topic)
    problems.push({ file: `${topic}/${slug}`, rule: 'slug-unique', message: `also stands in ${others.join(', ')}` })
  }
  const twinSlugs = new Set(twins.map(({ slug }) => slug))
  return drafts.map((draft) => ({
    ...draft,
    exercises: draft.exercises.filter(({ slug }) => !twinSlugs.has(slug)),
  }))
}

/** A shared order is reported but leaves nothing out: the slug decides, so the order is still stable. */
function reportSharedOrders(topics: readonly TopicDraft[], problems: ContentProblem[]): void {
  const report = (file: string, order: number, other: string | undefined): void => {
    if (other !== undefined)
      problems.push({ file, rule: 'order-unique', message: `has order ${order}, as has ${other}` })
  }
  for (const topic of topics) {
    const { order } = topic.manifest
    const other = topics.find((each) => each !== topic && each.manifest.order === order)
    report(`${topic.slug}/topic.json`, order, other?.slug)
    for (const exercise of topic.exercises) {
      const twin = topic.exercises.find((each) => each !== exercise && each.manifest.order === exercise.manifest.order)
      report(`${topic.slug}/${exercise.slug}/exercise.json`, exercise.manifest.order, twin?.slug)
    }
  }
}
