import type { Role } from './name-roles'
import { endsOfRegions } from './regions-of-names'
import type { PlacedToken } from './source-tokens'

/** A stretch of a program outside of which nothing sees what is declared in it. */
interface Region {
  parent: Region | null
  depth: number
}

/** A name in one region and all that are in it: what can only be one and the same variable, or hide it. */
export interface Variable {
  name: string
  region: Region
}

/**
 * Which variable each token with the role of one names; null for the others. Where the same spelling stands in two
 * functions and nowhere around them, these are two variables; else they are taken for one. Variables whose spelling
 * has to stay are null, too.
 */
export function variablesOf(tokens: readonly PlacedToken[], roles: readonly (Role | null)[]): (Variable | null)[] {
  const kept = new Set(tokens.filter((_, index) => roles[index] === 'unsure').map(({ value }) => value))
  const regions = regionsOf(tokens)
  const homes = new Map<string, Set<Region>>()
  const isVariable = (index: number): boolean => {
    const role = roles[index]
    return (role === 'variable' || role === 'short' || role === 'field') && !kept.has(tokens[index]?.value ?? '')
  }
  tokens.forEach(({ value }, index) => {
    const region = regions[index]
    if (!region || !isVariable(index)) return
    homes.set(value, (homes.get(value) ?? new Set()).add(region))
  })
  const variables = new Map<string, Map<Region, Variable>>()
  return tokens.map(({ value }, index) => {
    const from = regions[index]
    const places = homes.get(value)
    if (!from || !places || !isVariable(index)) return null
    const region = outermost(from, places)
    const known = variables.get(value) ?? new Map<Region, Variable>()
    const variable = known.get(region) ?? { name: value, region }
    variables.set(value, known.set(region, variable))
    return variable
  })
}

function outermost(from: Region, places: ReadonlySet<Region>): Region {
  let found = from
  for (let region: Region | null = from; region; region = region.parent) if (places.has(region)) found = region
  return found
}

/** Deeper ones are part of those around them, so that an odd source takes no long time. */
const DEEPEST = 60

/** The region of each token. */
function regionsOf(tokens: readonly PlacedToken[]): Region[] {
  const ends = endsOfRegions(tokens)
  const open: { region: Region; end: number }[] = []
  let region: Region = { parent: null, depth: 0 }
  return tokens.map((_, index) => {
    for (let last = open.at(-1); last && last.end < index; last = open.at(-1)) {
      region = last.region.parent ?? region
      open.pop()
    }
    const end = ends.get(index)
    if (end !== undefined && region.depth < DEEPEST) {
      region = { parent: region, depth: region.depth + 1 }
      open.push({ region, end })
    }
    return region
  })
}
