import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { reloadCatalogue } from '@/lib/learn/catalogue'
import { FILES } from './content'

export const TOPICS = ['caches', 'queues', 'trees'] as const
export const EXERCISES = ['lru', 'ttl', 'fifo', 'heap', 'b-tree'] as const

/** Which topic each exercise of the catalogue is in; those that are in none have no entry. */
export type Layout = Record<string, string>

export const LAYOUT: Layout = { lru: 'caches', ttl: 'caches', fifo: 'queues', heap: 'queues', 'b-tree': 'trees' }

/** Makes a content folder of several exercises, 10 points each, the one of this process. */
export function useTopics(): {
  /** The catalogue as it is. */
  readonly layout: Layout
  /** Moves exercises, takes them away or brings them back. */
  change(layout: Layout): Promise<void>
} {
  const root = mkdtempSync(path.join(os.tmpdir(), 'handroll-content-'))
  const aside = mkdtempSync(path.join(os.tmpdir(), 'handroll-content-'))
  const place = (exercise: string, topic: string | undefined) => path.join(topic ? path.join(root, topic) : aside, exercise)
  let layout: Layout = {}

  async function change(next: Layout): Promise<void> {
    for (const exercise of EXERCISES) {
      if (layout[exercise] !== next[exercise]) renameSync(place(exercise, layout[exercise]), place(exercise, next[exercise]))
    }
    layout = { ...next }
    await reloadCatalogue()
  }

  beforeAll(async () => {
    process.env.EXERCISES_DIR = root
    for (const [order, topic] of TOPICS.entries()) {
      mkdirSync(path.join(root, topic))
      const title = { en: topic, zh: topic }
      writeFileSync(path.join(root, topic, 'topic.json'), JSON.stringify({ order: order + 1, title, summary: title }))
      for (const locale of ['en', 'zh']) writeFileSync(path.join(root, topic, `note.${locale}.md`), 'A note.\n')
    }
    const model = path.join(aside, 'model')
    for (const [file, text] of Object.entries(FILES)) {
      mkdirSync(path.dirname(path.join(model, file)), { recursive: true })
      writeFileSync(path.join(model, file), text)
    }
    for (const exercise of EXERCISES) cpSync(model, place(exercise, undefined), { recursive: true })
    await change(LAYOUT)
  })
  afterAll(() => {
    delete process.env.EXERCISES_DIR
    for (const folder of [root, aside]) rmSync(folder, { recursive: true })
  })
  return {
    get layout() {
      return layout
    },
    change,
  }
}
