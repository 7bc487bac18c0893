import type { Rule } from '@/lib/content/problem'
import {
  below,
  type CourseFiles,
  edit,
  MANIFEST,
  sampleCourse,
  sampleExercise,
  sampleTopic,
  without,
} from './sample-course'

const manifestWith = (change: object): CourseFiles => {
  return { ...sampleCourse(), 'numbers/clamp/exercise.json': JSON.stringify({ ...MANIFEST, ...change }) }
}

/** One broken rule each, with the file and the rule that must be reported. */
export const BROKEN: ReadonlyArray<[what: string, files: CourseFiles, file: string, rule: Rule]> = [
  [
    'a prompt is missing in one language',
    without(sampleCourse(), 'numbers/clamp/prompt.zh.md'),
    'numbers/clamp/prompt.zh.md',
    'file-missing',
  ],
  [
    'a file is empty',
    { ...sampleCourse(), 'numbers/clamp/solution.ts': ' \n' },
    'numbers/clamp/solution.ts',
    'file-missing',
  ],
  [
    'a stray file lies in an exercise',
    { ...sampleCourse(), 'numbers/clamp/notes.txt': 'x' },
    'numbers/clamp/notes.txt',
    'file-stray',
  ],
  [
    'a wrong solution has a strange name',
    { ...sampleCourse(), 'numbers/clamp/wrong/No Upper.ts': 'x' },
    'numbers/clamp/wrong/No Upper.ts',
    'file-stray',
  ],
  ['a stray file lies in a topic', { ...sampleCourse(), 'numbers/todo.md': 'x' }, 'numbers/todo.md', 'file-stray'],
  [
    'exercise.json is not JSON',
    { ...sampleCourse(), 'numbers/clamp/exercise.json': '{ "order": 1, }' },
    'numbers/clamp/exercise.json',
    'json-syntax',
  ],
  [
    'topic.json is not JSON',
    { ...sampleCourse(), 'numbers/topic.json': 'order: 1' },
    'numbers/topic.json',
    'json-syntax',
  ],
  ['exercise.json has an unknown key', manifestWith({ autor: 'me' }), 'numbers/clamp/exercise.json', 'schema'],
  ['exercise.json lacks a language', manifestWith({ title: { en: 'Clamp' } }), 'numbers/clamp/exercise.json', 'schema'],
  [
    'topic.json lacks its order',
    edit(sampleCourse(), 'numbers/topic.json', '"order":1,', ''),
    'numbers/topic.json',
    'schema',
  ],
  [
    'the exercise folder is not kebab-case',
    { ...below('numbers', sampleTopic(['Clamp_It'])), ...below('numbers/Clamp_It', sampleExercise()) },
    'numbers/Clamp_It',
    'slug',
  ],
  [
    'the topic folder is not kebab-case',
    { ...below('Numbers', sampleTopic(['clamp'])), ...below('Numbers/clamp', sampleExercise()) },
    'Numbers',
    'slug',
  ],
  ['the points do not add up', manifestWith({ difficulty: 'medium' }), 'numbers/clamp/exercise.json', 'points'],
  [
    'a group is no describe of the hidden tests',
    edit(sampleCourse(), 'numbers/clamp/hidden.test.ts', "describe('inside'", "describe('within'"),
    'numbers/clamp/exercise.json',
    'groups',
  ],
  [
    'a describe stands twice',
    edit(
      sampleCourse(),
      'numbers/clamp/hidden.test.ts',
      "describe('inside'",
      "describe('outside', () => {})\ndescribe('inside'",
    ),
    'numbers/clamp/exercise.json',
    'groups',
  ],
  [
    'a wrong solution has no misconception',
    { ...sampleCourse(), 'numbers/clamp/wrong/other.ts': 'export const clamp = 1' },
    'numbers/clamp/wrong/other.ts',
    'misconceptions',
  ],
  [
    'a misconception has no wrong solution',
    without(sampleCourse(), 'numbers/clamp/wrong/no-upper.ts'),
    'numbers/clamp/exercise.json',
    'misconceptions',
  ],
  [
    'a misconception names an unknown group',
    edit(sampleCourse(), 'numbers/clamp/exercise.json', '"group":"inside"', '"group":"within"'),
    'numbers/clamp/exercise.json',
    'misconceptions',
  ],
  [
    'a wrong solution is named twice',
    manifestWith({ misconceptions: [...MANIFEST.misconceptions, MANIFEST.misconceptions[0]] }),
    'numbers/clamp/exercise.json',
    'misconceptions',
  ],
  [
    'there is a single hint',
    { ...sampleCourse(), 'numbers/clamp/hints.en.md': '## One\n\nOnly this.\n' },
    'numbers/clamp/hints.en.md',
    'hints',
  ],
  [
    'text stands before the first hint',
    { ...sampleCourse(), 'numbers/clamp/hints.en.md': 'Well.\n\n## One\n\nx\n\n## Two\n\ny\n' },
    'numbers/clamp/hints.en.md',
    'hints',
  ],
  [
    'a hint has no text',
    { ...sampleCourse(), 'numbers/clamp/hints.en.md': '## One\n\n## Two\n\ny\n' },
    'numbers/clamp/hints.en.md',
    'hints',
  ],
  [
    'the languages have different numbers of hints',
    { ...sampleCourse(), 'numbers/clamp/hints.zh.md': '## 一\n\nx\n\n## 二\n\ny\n\n## 三\n\nz\n' },
    'numbers/clamp/hints.zh.md',
    'hints',
  ],
  [
    'two topics hold the same slug',
    { ...sampleCourse(), ...below('words', sampleTopic(['clamp'], 2)), ...below('words/clamp', sampleExercise()) },
    'words/clamp',
    'slug-unique',
  ],
]
