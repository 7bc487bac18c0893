import path from 'node:path'
import { loadCatalogue } from '../load-catalogue'
import { type ContentProblem, sortProblems } from '../problem'
import type { FolderFiles } from '../read-folder'
import { exerciseFolders, readTopics } from '../read-topics'
import { openCache } from './cache'
import { compareHosts } from './compare-hosts'
import { BY_SPEED, type Host, HOSTS } from './hosts'
import { checkIndependentNames, checkIndependentThere, readIndependent } from './independent'
import { judgeHost } from './judge-host'
import { planIndependent, planRuns } from './plan-runs'
import type { HostName, RunResult } from './run'
import { type Subject, subjectOf } from './subject'
import { checkPrompt } from './texts/check-prompt'
import { checkTexts } from './texts/check-texts'
import { runTypes } from './types/run-types'

export interface CheckOptions {
  /** The content folder. */
  dir: string
  /** A topic or exercise within it (`topic`, `topic/slug`), or '' for all. */
  only: string
  hosts: readonly HostName[]
  /** Processes side by side, for each host. */
  workers: number
  /** Folder for scratch files and for what has passed. */
  cacheDir: string
  /** Folder of independent solutions (`<slug>.ts`), or null: then none is asked for. */
  independentDir: string | null
  /** Whether exercises that have passed unchanged are left out. */
  useCache: boolean
  onProgress: (step: string, done: number, total: number) => void
}

export interface CheckReport {
  problems: ContentProblem[]
  /** Exercises that were run, and those that had passed before. */
  checked: number
  cached: number
}

/** Proves everything that the exercise format promises, and reports all that is wrong at once. */
export async function runCheck(options: CheckOptions): Promise<CheckReport> {
  const { dir, only, hosts, useCache, independentDir } = options
  const isWithin = (file: string): boolean => only === '' || file === only || file.startsWith(`${only}/`)
  const { catalogue, problems } = await loadCatalogue(dir)
  const independent = independentDir === null ? new Map<string, string>() : await readIndependent(independentDir)
  const all = catalogue.topics.flatMap((topic) => topic.exercises)
  const subjects = all
    .map((exercise) => subjectOf(dir, exercise, independent.get(exercise.slug)))
    .filter(({ place }) => isWithin(place))
  const isReadable = problems.every(({ rule }) => rule !== 'folder-unreadable')
  const topics = isReadable ? await readTopics(dir) : new Map<string, FolderFiles>()

  const cache = await openCache(options.cacheDir, hosts.join('+'))
  const passed = await Promise.all(subjects.map((subject) => useCache && cache.hasPassed(subject)))
  const pending = subjects.filter((_, index) => !passed[index])
  const broken: ContentProblem[] = []
  const [types, results] = await Promise.all([
    runTypes(pending).catch((error: unknown) => brokenStep<ContentProblem>(broken, 'types', error)),
    runHosts(pending, options, broken),
  ])
  const code = pending.flatMap((subject) => judge(subject, results, types))
  if (broken.length === 0) {
    const withProblem = new Set(code.map(({ file }) => file.split('/').slice(0, 2).join('/')))
    await Promise.all(
      pending.filter(({ place }) => !withProblem.has(place)).map((subject) => cache.notePassed(subject)),
    )
  }
  const read = [...problems, ...checkTexts(topics), ...subjects.flatMap(checkPrompt)]
  if (independentDir !== null) {
    const slugs = new Set([...topics.values()].flatMap(exerciseFolders))
    read.push(...checkIndependentThere(subjects, independentDir))
    if (only === '') read.push(...checkIndependentNames(independent, slugs, independentDir))
  }
  const found = read.filter(({ file }) => file === '.' || isWithin(file))
  return {
    problems: sortProblems([...found, ...code, ...broken]),
    checked: pending.length,
    cached: subjects.length - pending.length,
  }
}

/** All hosts at a time: while one waits for a run that never ends, others go on. */
async function runHosts(
  subjects: readonly Subject[],
  { hosts, workers, cacheDir, onProgress }: CheckOptions,
  broken: ContentProblem[],
): Promise<RunResult[]> {
  const scratch = path.join(cacheDir, 'scratch')
  const results = hosts.map(async (name): Promise<RunResult[]> => {
    const run: Host = HOSTS[name]
    const isQuickest = name === BY_SPEED.find((host) => hosts.includes(host))
    const runs = subjects.flatMap((subject) => [
      ...planRuns(subject, name),
      ...(isQuickest ? planIndependent(subject) : []),
    ])
    let done = 0
    const onEnded = (): void => onProgress(name, ++done, runs.length)
    if (runs.length === 0) return []
    return run(runs, { scratch, workers, onEnded }).catch((error: unknown) => brokenStep<RunResult>(broken, name, error))
  })
  return (await Promise.all(results)).flat()
}

/** The check could not do its work. That is no verdict on the content, but never a success either. */
function brokenStep<T>(broken: ContentProblem[], step: string, error: unknown): T[] {
  broken.push({
    file: '.',
    rule: 'check-broken',
    message: `${step}: ${error instanceof Error ? error.message : error}`,
  })
  return []
}

function judge(subject: Subject, results: readonly RunResult[], types: readonly ContentProblem[]): ContentProblem[] {
  const own = results.filter(({ run }) => run.place === subject.place)
  const hosts = [...new Set(own.map(({ host }) => host))]
  return [
    ...types.filter(({ file }) => file.startsWith(`${subject.place}/`)),
    ...hosts.flatMap((host) =>
      judgeHost(
        subject,
        own.filter((result) => result.host === host),
      ),
    ),
    ...compareHosts(subject, own),
  ]
}
