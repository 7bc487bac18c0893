import { HARDENING, type HardeningLayer } from './choose-jail'

const ALL = 'all'

/**
 * One sentence for each layer that is asked for and not in force; null when there is none.
 * @param required names of layers, or `all`
 */
export function missingLayers(
  required: readonly string[],
  layers: Readonly<Record<HardeningLayer, boolean>>,
): string | null {
  const unknown = required.find((name) => name !== ALL && !isLayer(name))
  if (unknown !== undefined) {
    return `Grading is off, because there is no hardening layer "${unknown}"; there are ${Object.keys(HARDENING).join(', ')}.`
  }
  const names = required.includes(ALL) ? Object.keys(HARDENING) : required
  const missing = names.filter(isLayer).filter((name) => !layers[name])
  if (missing.length === 0) return null
  const reasons = missing.map((name) => `${name}: ${HARDENING[name]}`)
  return `Grading is off, because hardening layers that are required are not in force here. ${reasons.join('; ')}.`
}

/** Names of the hardening layers in force, among layers of all kinds. */
export function layersInForce(layers: Readonly<Record<string, boolean>>): HardeningLayer[] {
  return Object.keys(layers).filter(isLayer).filter((name) => layers[name])
}

function isLayer(name: string): name is HardeningLayer {
  return Object.hasOwn(HARDENING, name)
}
