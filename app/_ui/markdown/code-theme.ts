import type { ThemeRegistration } from 'shiki'

/*
 * Colours of code are the --color-code-* tokens, so one highlighting serves both themes. Shiki wants hex colours:
 * each token gets a stand-in, which Shiki then replaces by the variable.
 */
const STAND_INS = {
  ink: '#000001',
  comment: '#000002',
  keyword: '#000003',
  string: '#000004',
  number: '#000005',
  type: '#000006',
  function: '#000007',
} as const

export const CODE_THEME: ThemeRegistration = {
  name: 'handroll',
  type: 'light',
  fg: STAND_INS.ink,
  bg: '#00000f',
  colorReplacements: {
    ...Object.fromEntries(Object.entries(STAND_INS).map(([name, hex]) => [hex, `var(--color-code-${name})`])),
    '#00000f': 'transparent',
  },
  settings: [
    { settings: { foreground: STAND_INS.ink } },
    { scope: ['comment', 'punctuation.definition.comment'], settings: { foreground: STAND_INS.comment } },
    {
      scope: ['keyword', 'storage', 'variable.language', 'constant.language'],
      settings: { foreground: STAND_INS.keyword },
    },
    { scope: ['keyword.operator', 'storage.type.function.arrow'], settings: { foreground: STAND_INS.ink } },
    {
      scope: ['keyword.operator.new', 'keyword.operator.expression', 'keyword.operator.word'],
      settings: { foreground: STAND_INS.keyword },
    },
    {
      scope: ['string', 'string.regexp', 'punctuation.definition.string', 'markup.inline.raw'],
      settings: { foreground: STAND_INS.string },
    },
    {
      scope: ['constant.numeric', 'constant.character.escape', 'support.constant'],
      settings: { foreground: STAND_INS.number },
    },
    {
      scope: ['entity.name.type', 'support.type', 'support.class', 'entity.other.inherited-class'],
      settings: { foreground: STAND_INS.type },
    },
    { scope: ['support.type.property-name'], settings: { foreground: STAND_INS.ink } },
    { scope: ['entity.name.function', 'support.function'], settings: { foreground: STAND_INS.function } },
  ],
}
