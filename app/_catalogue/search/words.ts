const RUNS = /(?<han>\p{Script=Han}+)|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu

/** Pieces of a Han run that are compared: pairs of neighbours, since Chinese is written without spaces. */
export function hanPairs(run: string): string[] {
  const characters = [...run]
  if (characters.length < 2) return characters
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}

/** The runs of a text: words of letters and digits in lower case, and unbroken stretches of Han characters. */
export function runsOf(text: string): { text: string; han: boolean }[] {
  const runs = text.normalize('NFKC').matchAll(RUNS)
  return [...runs].map((run) => ({ text: run[0].toLowerCase(), han: run.groups?.han !== undefined }))
}

/** Every piece under which a text is found. `BlockingQueue` is found as itself, as "blocking" and as "queue". */
export function indexWords(text: string): string[] {
  const spelledOut = text.replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
  const runs = spelledOut === text ? runsOf(text) : [...runsOf(text), ...runsOf(spelledOut)]
  return runs.flatMap((run) => (run.han ? hanPairs(run.text) : [run.text]))
}
