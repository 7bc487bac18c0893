/** The code of a class in groups of four, as it is read aloud. */
export function spellCode(code: string): string {
  return (code.match(/.{1,4}/g) ?? []).join('-')
}
