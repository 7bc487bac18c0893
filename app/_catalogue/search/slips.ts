/** How many slips of typing a word may hold: none in very short ones, which would match anything. */
export function slipsAllowed(word: string): number {
  return word.length < 4 ? 0 : word.length < 8 ? 1 : 2
}

/**
 * How many slips lie between what was typed and the nearest beginning of a word: a letter too many, too few or wrong,
 * or two neighbours swapped (optimal string alignment distance, over all prefixes of `word`). Beginnings count, since
 * results are shown before a word is typed to its end.
 *
 * @returns Infinity when there are more than `most`
 */
export function slipsBetween(typed: string, word: string, most: number): number {
  const width = Math.min(word.length, typed.length + most)
  if (width < typed.length - most) return Infinity
  let twoAbove: number[] = []
  let above = Array.from({ length: width + 1 }, (_, column) => column)
  for (let row = 1; row <= typed.length; row++) {
    const line = [row]
    let least = row
    for (let column = 1; column <= width; column++) {
      const same = typed[row - 1] === word[column - 1]
      let slips = Math.min(above[column]! + 1, line[column - 1]! + 1, above[column - 1]! + (same ? 0 : 1))
      const swapped = row > 1 && column > 1 && typed[row - 1] === word[column - 2] && typed[row - 2] === word[column - 1]
      if (swapped) slips = Math.min(slips, twoAbove[column - 2]! + 1)
      line.push(slips)
      least = Math.min(least, slips)
    }
    if (least > most) return Infinity
    twoAbove = above
    above = line
  }
  const best = Math.min(...above)
  return best > most ? Infinity : best
}
