import type { JudgedMutant } from './mutant'
import { type ExerciseScore, REQUIRED_SCORE } from './score'

/** The page that keeps the scores, as Markdown. `date` is an ISO date. */
export function reportPage(scores: readonly ExerciseScore[], date: string): string {
  const justified = scores.filter((score) => score.justified.length > 0)
  return [
    '# Mutation scores',
    '',
    `Made by \`npm run exercises:mutate\` on ${date}. A mutant is the reference of an exercise with one small change; it is`,
    'killed when a hidden test fails, or when it takes ten times the work of the reference. The score is the part that is',
    `killed; it has to be ${percent(REQUIRED_SCORE)} or more. Sentences that errors are made with are not changed, since`,
    'prompts leave them open. Mutants below the table are justified: nobody who calls the solution could tell them from it,',
    'so they do not count.',
    '',
    '| exercise | mutants | killed | timeouts | survived | justified | score |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...[...scores.map(tableRow), totalRow(scores)],
    ...justified.flatMap(({ place, justified }) => [
      '',
      `## ${place}`,
      '',
      ...justified.map(({ mutant, why }) => `- ${mutant.mutator}, \`${code(change(mutant))}\`: ${why}`),
    ]),
    '',
  ].join('\n')
}

function tableRow({ place, mutants, killed, timeouts, survivors, justified, score }: ExerciseScore): string {
  return `| ${[place, mutants, killed, timeouts, survivors.length, justified.length, percent(score)].join(' | ')} |`
}

function totalRow(scores: readonly ExerciseScore[]): string {
  const sum = (of: (score: ExerciseScore) => number): number => scores.reduce((total, each) => total + of(each), 0)
  const mutants = sum((each) => each.mutants)
  const survived = sum((each) => each.survivors.length)
  const numbers = [mutants, sum((each) => each.killed), sum((each) => each.timeouts), survived]
  const score = mutants === 0 ? 1 : 1 - survived / mutants
  return `| ${['all', ...numbers, sum((each) => each.justified.length), percent(score)].join(' | ')} |`
}

/** One line of `--survivors`: place, kind and change. */
export function survivorLine({ line, column, mutator, state, context, ...texts }: JudgedMutant): string {
  const untested = state === 'uncovered' ? ' (no test comes here)' : ''
  return `  ${line}:${column}  ${mutator}${untested}  ${change(texts)}    in: ${context}`
}

/** Rounded down, so that a score below the bound never looks like one that reaches it. */
export function percent(part: number): string {
  return `${(Math.floor(part * 1000 + 1e-9) / 10).toFixed(1)} %`
}

function change({ original, replacement }: Pick<JudgedMutant, 'original' | 'replacement'>): string {
  return `${original} -> ${replacement}`
}

function code(text: string): string {
  return text.replaceAll('`', "'")
}
