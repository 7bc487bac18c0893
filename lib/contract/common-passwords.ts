/*
 * What heads every published list of leaked passwords. A password counts as common when it is one of these, alone or
 * with digits and signs before or after it: `password`, `Password2026!` and `123password` are one guess.
 */
const COMMON = new Set(
  `
  password passwords passwordpassword passw0rd p@ssword p@ssw0rd pa55word mypassword newpassword thepassword
  rootpassword testpassword secretpassword defaultpassword temporarypassword temporary temppassword yourpassword
  qwerty qwertz azerty qwertyui qwertyuiop qwertyuiopasdfghjkl qwertyqwerty qwertyasdf qwertyasdfgh asdf asdfgh
  asdfghjkl asdfasdf asdfasdfasdf zxcvbn zxcvbnm zxcvbnmasd zxcvbnmasdfghjkl poiuytrewq mnbvcxz lkjhgfdsa
  q1w2e3r4t5 q1w2e3r4t5y6 1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1qaz2wsx 1qaz2wsx3edc 1qazxsw23edc 1qaz@wsx3edc
  zaq12wsx zaq12wsxcde3 zaq1zaq1zaq1 qazwsxedc qazwsxedcrfv a1b2c3d4e5 a1s2d3f4g5
  abc abcd abcdef abcdefg abcdefghij abcdefghijk abcdefghijklmnopqrstuvwxyz aa a
  letmein letmeinnow letmeinplease opensesame changeme changemenow pleasechangeme whatever nothing
  iloveyou iloveyouforever iloveyousomuch iloveu loveyou lovelove loveme ihateyou
  welcome welcomehome welcomeback hello helloworld hellohello goodbye admin administrator adminadmin superadmin
  superuser root rootroot toor toortoor test testtest testing tester guest user username login secret default
  trustno trustno1trustno correcthorsebatterystaple sunshine princess football baseball basketball softball hockey
  soccer superman batman spiderman monkey dragon master shadow michael jennifer jessica ashley charlie daniel
  thomas jordan harley ranger hunter buster ginger pepper cookie summer winter spring autumn
  liverpool liverpoolfc manchester manchesterunited chelsea chelseafc arsenal arsenalfc barcelona realmadrid juventus
  starwars pokemon minecraft fortnite roblox naruto matrix freedom computer internet samsung google facebook
  linkedin github twitter instagram youtube microsoft windows apple iphone android linux ubuntu docker
  godisgood jesus jesuschrist jesusloves blessed angel mother father family
  woaini woainiwoaini woaini1314520 wodemima nihao nihaoma mima zhangwei wangwei
  handroll handrollhandroll postgres postgresql javascript typescript
  `
    .trim()
    .split(/\s+/),
)

/** Runs on the number row and keypad, and the numbers that mean something in Chinese chat. */
const DIGIT_RUNS = ['01234567890123456789', '98765432109876543210', '11223344556677889900']
const COMMON_NUMBERS = new Set(['1357924680', '1029384756', '5201314520', '1314520520', '7894561230', '1472583690'])

/** Whether a guesser would try this password among the first few hundred. */
export function isCommonPassword(password: string): boolean {
  const lower = password.toLowerCase()
  const bare = lower.replace(/^[\d\W_]+/, '').replace(/[\d\W_]+$/, '')
  const withoutTail = lower.replace(/[\d\W_]{1,6}$/, '')
  return COMMON.has(lower) || (bare !== '' && COMMON.has(bare)) || COMMON.has(withoutTail)
    || isRepetition(lower) || COMMON_NUMBERS.has(lower) || DIGIT_RUNS.some((run) => run.includes(lower))
}

/** One short piece over and over: `aaaaaaaaaa`, `1212121212`, `123123123123`, `abcdabcdabcd`. */
function isRepetition(text: string): boolean {
  for (let length = 1; length <= 5; length++) {
    const piece = text.slice(0, length)
    if (text.length >= 2 * length && piece.repeat(Math.ceil(text.length / length)).startsWith(text)) return true
  }
  return false
}
