import type { Random } from '@/lib/runtime/test-api/random'

/** Names by which people call what others call something else. */
const OTHER_NAMES = [
  'current', 'item', 'found', 'list', 'left', 'known', 'value', 'node', 'part', 'info', 'state', 'next', 'temp', 'data',
]

const REMARKS = ['', '', '', '// second try\n', '// TODO tidy up\n', '// works on my machine\n', '\n']

/** The same program as somebody else would have typed it: a local variable or two called otherwise, or a remark. */
export function varySource(source: string, random: Random): string {
  const renamed = random.shuffle(renamableNames(source)).slice(0, random.int(0, 2)).reduce((text, name) => {
    const other = `${random.pick(OTHER_NAMES)}${random.int(0, 1) ? random.int(1, 9) : ''}`
    const isTaken = new RegExp(`\\b${other}\\b`).test(text)
    return isTaken ? text : text.replace(new RegExp(`(?<![\\w$])${name}(?![\\w$])`, 'g'), other)
  }, source)
  return `${random.pick(REMARKS)}${renamed}`
}

/** Local variables that are nowhere a property, a key, or a word in a text, so that every occurrence can be replaced. */
function renamableNames(source: string): string[] {
  const declared = [...source.matchAll(/^\s+(?:const|let) ([a-z][A-Za-z]{2,}) =/gm)].map(([, name]) => name!)
  return [...new Set(declared)].filter((name) => {
    const elsewhere = new RegExp(`[.{,'"\`#]\\s*${name}\\b|\\b${name}\\s*[:,}'"\`?]|//[^\\n]*\\b${name}\\b|\\*[^\\n]*\\b${name}\\b`)
    return !elsewhere.test(source)
  })
}
