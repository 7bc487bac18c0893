/**
 * Titles of the top-level `describe` blocks of a test file, in order: those that start a line, with a plain string
 * as title. The content check compares them with what a real run reports, so a title built otherwise is caught.
 */
export function describeTitles(source: string): string[] {
  return [...source.matchAll(/^describe(?:\.[a-z]+)*\(\s*(['"`])(.*?)\1/gm)].map((match) => match[2] ?? '')
}
