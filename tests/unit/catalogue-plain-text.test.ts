import { describe, expect, it } from 'vitest'
import { plainText } from '@/app/_catalogue/plain-text'

const PROMPT = `Build a **cache**; see [the note](/topics/caches) and \`onEvict\`.

## API

\`\`\`ts
export class LRUCache {}
\`\`\`

- first rule
- second rule
  goes on

| Group | Points |
| --- | ---: |
| Recency | 6 |

The end.
`

describe('the plain text of a prompt', () => {
  it('has no signs of Markdown, a line for each of its lines, and its code at the end', () => {
    expect(plainText(PROMPT).split('\n').map((line) => line.replace(/ +/g, ' ').trim())).toEqual([
      'Build a cache; see the note and onEvict.', 'API', 'first rule', 'second rule', 'goes on', 'Group Points',
      'Recency 6', 'The end.', 'export class LRUCache {}',
    ])
  })

  it('keeps bars and dashes that stand in a sentence', () => {
    expect(plainText('Call `a | b` - or not.')).toBe('Call a | b - or not.')
  })

  it('keeps the stars of a product and of a code span', () => {
    expect(plainText('2 * 3 * 4 and `**kw` and **bold** and snake_case_name')).toBe('2 * 3 * 4 and **kw and bold and snake_case_name')
  })
})
