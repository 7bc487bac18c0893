import { describe, expect, it } from 'vitest'
import { checkTexts } from '@/lib/content/check/texts/check-texts'
import { readTopics } from '@/lib/content/read-topics'
import { type CourseFiles, sampleCourse, writeCourse } from './sample-course'

const problemsOf = async (files: CourseFiles): Promise<Array<[file: string, rule: string]>> => {
  return checkTexts(await readTopics(await writeCourse(files))).map(({ file, rule }) => [file, rule])
}

const NOTE = '[An exercise](/exercises/clamp)\n\n'

const withNote = (text: string): CourseFiles => ({ ...sampleCourse(), 'numbers/note.en.md': `${NOTE}${text}\n` })

const withNotes = (english: string, chinese: string): CourseFiles => {
  return { ...withNote(english), 'numbers/note.zh.md': `${NOTE}${chinese}\n` }
}

const FIGURE =
  '<svg viewBox="0 0 10 10"><title>A line</title><path id="line-x" d="M0 0h9" stroke="currentColor"/></svg>'

const withFigure = (svg: string): CourseFiles => {
  const image = '![A line](figures/line.svg)'
  return { ...withNotes(image, image), 'numbers/figures/line.svg': svg }
}

const NOTE_PROBLEMS = [
  ['a first-level heading', '# Numbers', 'heading'],
  ['a link to an exercise that does not exist', 'See [this](/exercises/round).', 'link-dead'],
  ['a link to a topic that does not exist', 'See [this](/topics/letters).', 'link-dead'],
  ['a relative link', 'See [this](../other.md).', 'link-dead'],
  ['a link without encryption', 'See [this](http://example.org/).', 'link-dead'],
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

  for (const image of ['figures/none.svg', 'https://example.org/a.png']) {
    it(`may not show ${image}, which is no figure of the topic`, async () => {
      expect(await problemsOf(withNotes(`![A figure](${image})`, `![图](${image})`))).toEqual([
        ['numbers/note.en.md', 'link-dead'],
        ['numbers/note.zh.md', 'link-dead'],
      ])
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

  it('has a twin where it has words, shown by the other note', async () => {
    const [english, chinese] = ['![A line](figures/line.en.svg)', '![一条线](figures/line.zh.svg)']
    const figures = {
      'numbers/figures/line.en.svg': FIGURE.replace('line-x', 'line-en-x'),
      'numbers/figures/line.zh.svg': FIGURE.replace('line-x', 'line-zh-x'),
    }
    expect(await problemsOf({ ...withNotes(english, chinese), ...figures })).toEqual([])
    const untranslated = await problemsOf({ ...withNotes(english, english), ...figures })
    expect(untranslated).toContainEqual(['numbers/note.zh.md', 'figure-twin'])
    const forgotten = await problemsOf({ ...withNotes(english, ''), ...figures })
    expect(forgotten).toContainEqual(['numbers/note.zh.md', 'figure-twin'])
  })

  for (const [what, svg] of FIGURE_PROBLEMS) {
    it(`is refused when it ${what}`, async () => {
      expect(await problemsOf(withFigure(svg))).toEqual([['numbers/figures/line.svg', 'figure']])
    })
  }
})
