import { describe, expect, it } from 'vitest'
import { checkTexts } from '@/lib/content/check/texts/check-texts'
import { readTopics } from '@/lib/content/read-topics'
import { type CourseFiles, sampleCourse, writeCourse } from './sample-course'

const problemsOf = async (files: CourseFiles): Promise<Array<[file: string, rule: string]>> => {
  return checkTexts(await readTopics(await writeCourse(files))).map(({ file, rule }) => [file, rule])
}

const NOTE = '[An exercise](/exercises/clamp)\n\n'

const withNote = (text: string): CourseFiles => ({ ...sampleCourse(), 'numbers/note.en.md': `${NOTE}${text}\n` })

const FIGURE =
  '<svg viewBox="0 0 10 10"><title>A line</title><path id="line-x" d="M0 0h9" stroke="currentColor"/></svg>'

const withFigure = (svg: string): CourseFiles => {
  return { ...withNote('![A line](figures/line.svg)'), 'numbers/figures/line.svg': svg }
}

const NOTE_PROBLEMS = [
  ['a first-level heading', '# Numbers', 'heading'],
  ['a link to an exercise that does not exist', 'See [this](/exercises/round).', 'link-dead'],
  ['a link to a topic that does not exist', 'See [this](/topics/letters).', 'link-dead'],
  ['a relative link', 'See [this](../other.md).', 'link-dead'],
  ['a link without encryption', 'See [this](http://example.org/).', 'link-dead'],
  ['a figure that does not exist', '![A figure](figures/none.svg)', 'link-dead'],
  ['a picture from elsewhere', '![A picture](https://example.org/a.png)', 'link-dead'],
] as const

const FIGURE_PROBLEMS = [
  ['has a script', FIGURE.replace('<path', '<script>1</script><path')],
  ['has an event handler', FIGURE.replace('<path', '<path onclick="x()"')],
  ['has a style sheet', FIGURE.replace('<path', '<style>p {}</style><path')],
  ['refers to something outside', FIGURE.replace('<path', '<image href="https://example.org/a.png"/><path')],
  ['loads a pattern from outside', FIGURE.replace('d=', 'fill="url(https://example.org/p#x)" d=')],
  ['has a fixed colour', FIGURE.replace('currentColor', '#ff0000')],
  ['has no title', FIGURE.replace('<title>A line</title>', '')],
  ['has no viewBox', FIGURE.replace(' viewBox="0 0 10 10"', '')],
  ['has an id that another figure may have', FIGURE.replace('line-x', 'x')],
] as const

describe('texts', () => {
  it('of a course in order have no problem', async () => {
    expect(await problemsOf(sampleCourse())).toEqual([])
  })

  it('may link to the web, to topics, to exercises, and to sections of these', async () => {
    const links = '[a](https://example.org/x) [b](/topics/numbers) [c](/exercises/clamp) [d](/topics/numbers#one)'
    expect(await problemsOf(withNote(links))).toEqual([])
  })

  it('may say anything in code', async () => {
    expect(await problemsOf(withNote('`[x](/exercises/none)`\n\n```md\n# Title\n[x](none)\n```'))).toEqual([])
  })

  for (const [what, text, rule] of NOTE_PROBLEMS) {
    it(`may not have ${what}`, async () => {
      expect(await problemsOf(withNote(text))).toEqual([['numbers/note.en.md', rule]])
    })
  }

  it('of an exercise keep the same rules', async () => {
    const files = { ...sampleCourse(), 'numbers/clamp/editorial.zh.md': '# 题解\n\n[x](/exercises/none)\n' }
    expect(await problemsOf(files)).toEqual([
      ['numbers/clamp/editorial.zh.md', 'heading'],
      ['numbers/clamp/editorial.zh.md', 'link-dead'],
    ])
  })
})

describe('a note', () => {
  it('introduces each exercise by a line of its own, in each language', async () => {
    const files = { ...sampleCourse(), 'numbers/note.zh.md': '试试[这个](/exercises/clamp)。\n' }
    expect(await problemsOf(files)).toEqual([['numbers/note.zh.md', 'link-missing']])
  })
})

describe('a figure', () => {
  it('in order has no problem', async () => {
    expect(await problemsOf(withFigure(FIGURE))).toEqual([])
  })

  it('is shown by a note', async () => {
    const files = { ...sampleCourse(), 'numbers/figures/line.svg': FIGURE }
    expect(await problemsOf(files)).toEqual([['numbers/figures/line.svg', 'file-stray']])
  })

  for (const [what, svg] of FIGURE_PROBLEMS) {
    it(`is refused when it ${what}`, async () => {
      expect(await problemsOf(withFigure(svg))).toEqual([['numbers/figures/line.svg', 'figure']])
    })
  }
})
