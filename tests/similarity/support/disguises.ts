import ts from 'typescript'

/*
 * What somebody does to a program to make it look like their own. None of it needs an understanding of the program.
 * They rewrite the syntax tree; whether the result still compiles is tried by the test.
 */

export type Disguise = (source: string, random: () => number) => string

const printer = ts.createPrinter({ removeComments: true })

function parse(source: string): ts.SourceFile {
  return ts.createSourceFile('solution.ts', source, ts.ScriptTarget.ES2022, true)
}

function rewrite(source: string, visit: (node: ts.Node, context: ts.TransformationContext) => ts.Node): string {
  const file = parse(source)
  const factory: ts.TransformerFactory<ts.SourceFile> = (context) => (root) => {
    const walk = (node: ts.Node): ts.Node => visit(ts.visitEachChild(node, walk, context), context)
    return walk(root) as ts.SourceFile
  }
  const result = ts.transform(file, [factory])
  return printer.printFile(result.transformed[0] ?? file)
}

/** Another layout: no comments, other quotes and indents. */
export const reformat: Disguise = (source) => printer.printFile(parse(source)).replaceAll('    ', '\t').replaceAll(/\n(?=\t*(?:else|catch))/g, ' ')

/** Comments between all lines that can take one. */
export const comment: Disguise = (source) => source.split('\n').map((line) => (/[{;]$|^\s*return\b/.test(line) && !line.includes('`') ? `${line} // step: ${line.length}` : line)).join('\n')

/** New names for everything that the program itself declares, and for its private members. */
export const rename: Disguise = (source) => {
  const declared = new Set<string>()
  const exported = new Set<string>()
  const collect = (node: ts.Node): void => {
    if ((ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isFunctionDeclaration(node)) && node.name && ts.isIdentifier(node.name)) declared.add(node.name.text)
    if (ts.isBindingElement(node) && ts.isIdentifier(node.name) && node.propertyName) declared.add(node.name.text)
    if (ts.isPrivateIdentifier(node)) declared.add(node.text)
    if (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) {
      if ('name' in node && node.name && ts.isIdentifier(node.name as ts.Node)) exported.add((node.name as ts.Identifier).text)
    }
    if (ts.isShorthandPropertyAssignment(node)) exported.add(node.name.text)
    ts.forEachChild(node, collect)
  }
  collect(parse(source))
  const names = new Map([...declared].filter((name) => !exported.has(name)).map((name, index) => [name, `${name.startsWith('#') ? '#' : ''}thing${index}Of${name.length}`]))
  return rewrite(source, (node, { factory }) => {
    if (ts.isPrivateIdentifier(node)) return factory.createPrivateIdentifier(names.get(node.text) ?? node.text)
    return ts.isIdentifier(node) ? factory.createIdentifier(names.get(node.text) ?? node.text) : node
  })
}

/** Functions, classes and their members in another order. */
export const reorder: Disguise = (source, random) => rewrite(source, (node, { factory }) => {
  if (ts.isSourceFile(node)) {
    const moved = new Set<ts.Statement>(shuffleable(node.statements))
    const order = shuffle([...moved], random)
    return factory.updateSourceFile(node, node.statements.map((each) => (moved.has(each) ? order.pop() ?? each : each)))
  }
  if (!ts.isClassDeclaration(node)) return node
  const fields = node.members.filter((member) => !ts.isMethodDeclaration(member) && !ts.isAccessor(member))
  const methods = node.members.filter((member) => !fields.includes(member))
  const { modifiers, name, typeParameters, heritageClauses } = node
  return factory.updateClassDeclaration(node, modifiers, name, typeParameters, heritageClauses, [...shuffle(methods, random), ...fields])
})

function shuffleable(statements: readonly ts.Statement[]): ts.Statement[] {
  return statements.filter((each) => ts.isFunctionDeclaration(each) || ts.isInterfaceDeclaration(each) || ts.isTypeAliasDeclaration(each))
}

/** Neighbouring declarations and calls change places, where they stand in twos. */
export const swap: Disguise = (source, random) => rewrite(source, (node, { factory }) => {
  if (!ts.isBlock(node)) return node
  const statements = [...node.statements]
  for (let at = 0; at + 1 < statements.length; at++) {
    const [one, two] = [statements[at], statements[at + 1]]
    if (one && two && one.kind === two.kind && (ts.isVariableStatement(one) || ts.isExpressionStatement(one)) && random() < 0.7) {
      statements[at] = two
      statements[++at] = one
    }
  }
  return factory.createBlock(statements, true)
})

/** Statements that do nothing, before every `every`th statement of a block. */
export const addDeadCode = (every: number): Disguise => (source, random) => {
  let count = 0
  return rewrite(source, (node, { factory }) => {
    if (!ts.isBlock(node)) return node
    const dead = (): ts.Statement => {
      const name = factory.createUniqueName('unused')
      const value = factory.createNumericLiteral(Math.floor(random() * 100))
      const declaration = factory.createVariableDeclaration(name, undefined, undefined, value)
      return random() < 0.5
        ? factory.createVariableStatement(undefined, factory.createVariableDeclarationList([declaration], ts.NodeFlags.Const))
        : factory.createIfStatement(factory.createLessThan(value, factory.createNumericLiteral(0)), factory.createReturnStatement())
    }
    return factory.createBlock(node.statements.flatMap((each) => (count++ % every === 0 ? [dead(), each] : [each])), true)
  })
}

/** Types gone, `const` written `let`. */
export const untype: Disguise = (source) => ts.transpile(source, { target: ts.ScriptTarget.ES2022, removeComments: true }).replaceAll(/\bconst\b/g, 'let')

/** One after the other. */
export const together = (...disguises: Disguise[]): Disguise => (source, random) =>
  disguises.reduce((text, disguise) => disguise(text, random), source)

function shuffle<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items]
  for (let at = result.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1))
    ;[result[at], result[other]] = [result[other] as T, result[at] as T]
  }
  return result
}
