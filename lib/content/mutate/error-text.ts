/** The parts of a Babel path that are looked at. */
interface Path {
  node: { type: string; value?: unknown; quasis?: Array<{ value: { raw: string } }>; callee?: Callee }
  parentPath: Path | null
}

interface Callee {
  type: string
  name?: string
}

/**
 * Whether a node is a sentence that an error is made with. Prompts fix which error is thrown, not its words, so no test
 * may look at them; a name or a code is one word, and stays.
 * @param path a Babel path
 */
export function isErrorText(path: object): boolean {
  const { node, parentPath } = path as Path
  return isSentence(node) && parentPath !== null && makesError(parentPath.node)
}

function isSentence({ type, value, quasis = [] }: Path['node']): boolean {
  const text = type === 'StringLiteral' ? value : quasis.map((quasi) => quasi.value.raw).join('')
  return typeof text === 'string' && text.trim().includes(' ')
}

function makesError({ type, callee }: Path['node']): boolean {
  if (type === 'CallExpression') return callee?.type === 'Super'
  return type === 'NewExpression' && callee?.type === 'Identifier' && (callee.name?.endsWith('Error') ?? false)
}
