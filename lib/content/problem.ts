/** What each rule asks of the content. A problem names one of these, so that an author can look it up. */
export const RULES = {
  'folder-unreadable': 'the content folder exists and can be read',
  slug: 'folders are named in kebab-case, at most 64 characters',
  'slug-unique': 'no two exercises share a slug, since the slug is the page address',
  'file-missing': 'every file of the format is there and says something',
  'file-stray': 'a folder holds the files of the format and nothing else',
  'json-syntax': 'JSON files are valid JSON',
  schema: 'topic.json and exercise.json match their schema, with no unknown keys',
  'order-unique': 'no two topics, and no two exercises of a topic, share an order',
  points: 'the points of all groups add up to the total of the difficulty',
  groups: 'the groups of exercise.json are the top-level describe blocks of hidden.test.ts',
  misconceptions: 'each file in wrong/ has exactly one misconception, and the group it names exists',
  hints: '2 to 4 hints, each under a second-level heading, equally many in each language',
  heading: 'texts have no first-level heading: the page shows the title',
  'grading-told': 'prompts tell the groups with their points, and the limits of a run',
  'link-dead': 'links lead to a web address or to a topic, exercise or figure that exists',
  'link-missing': 'a note introduces each exercise of its topic by a line that is only its link',
  figure: 'figures are self-contained SVG with a title, coloured by the page',
  'figure-twin': 'both notes show the same figures in the same order, each in its language where it has words',
  types: 'starter, solution, wrong solutions and tests type-check under strict',
  exports: 'starter, solution and wrong solutions export what exercise.json lists, of that kind',
  membrane: 'tests do only what the membrane between tests and solution can carry',
  'visible-count': 'visible.test.ts has 3 to 6 tests',
  'group-empty': 'every group holds a test, and no test is skipped or stands outside a group',
  starter: 'the starter fails both test files',
  solution: 'the reference passes every test, in any order and with any seed',
  'solution-slow': 'the reference uses at most a tenth of the time limit',
  'wrong-accepted': 'a wrong solution is rejected by the group that its misconception names',
  'wrong-visible': 'at least one wrong solution passes all visible tests',
  'wrong-unstable': 'a wrong solution fails the same tests whatever the seed, so that its hint can be given',
  'wrong-alike': 'no two wrong solutions fail exactly the same tests',
  independent: 'the independent solution, written from the prompt alone, passes every test',
  'independent-missing': 'an exercise that is not easy has an independent solution, where those are kept',
  'independent-stray': 'an independent solution has the name of an exercise',
  'hosts-differ': 'plain Vitest, loopback and pipe give the same result for every test',
  'check-broken': 'the check itself could run',
} as const

export type Rule = keyof typeof RULES

/** One thing that is wrong with the content. `file` is relative to the content folder, with forward slashes. */
export interface ContentProblem {
  file: string
  rule: Rule
  message: string
}

/** Sorted by file, then rule, so that two runs print the same list. */
export function sortProblems(problems: readonly ContentProblem[]): ContentProblem[] {
  const key = (problem: ContentProblem): string => `${problem.file}\0${problem.rule}\0${problem.message}`
  return [...problems].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}
