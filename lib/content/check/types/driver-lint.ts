import ts from 'typescript'

/**
 * `inGuest` ships the text of its driver: whatever the driver uses must be its own, an argument, or part of the
 * language. Answers what is wrong with one call of inGuest, or null.
 */
export function checkDriver(call: ts.CallExpression, checker: ts.TypeChecker): string | null {
  const [given] = call.arguments
  const driver = given === undefined ? null : functionOf(given, checker)
  if (driver === null) return 'the driver of inGuest must be a function written in this file'
  const outside = new Set<string>()
  collectFree(driver, driver, checker, outside)
  if (outside.size === 0) return null
  const names = [...outside].sort().join(', ')
  return `the driver of inGuest uses ${names} from outside itself; its text alone is shipped, so pass it as an argument`
}

/** The function itself, or the one that a name of the same file stands for. */
function functionOf(node: ts.Expression, checker: ts.TypeChecker): ts.Node | null {
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return node
  if (!ts.isIdentifier(node)) return null
  const declaration = checker.getSymbolAtLocation(node)?.declarations?.[0]
  if (declaration === undefined || declaration.getSourceFile() !== node.getSourceFile()) return null
  if (ts.isFunctionDeclaration(declaration)) return declaration
  return ts.isVariableDeclaration(declaration) && declaration.initializer !== undefined
    ? functionOf(declaration.initializer, checker)
    : null
}

function collectFree(node: ts.Node, driver: ts.Node, checker: ts.TypeChecker, outside: Set<string>): void {
  // Types vanish before the text is shipped.
  if (ts.isTypeNode(node)) return
  if (ts.isIdentifier(node) && isReference(node)) {
    const symbol = ts.isShorthandPropertyAssignment(node.parent)
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node)
    const declarations = symbol?.declarations ?? []
    const isOwn = declarations.some((each) => isWithin(each, driver))
    const isLanguage = node.text === 'undefined' || declarations.some(isInLibrary)
    if (!isOwn && !isLanguage) outside.add(node.text)
  }
  ts.forEachChild(node, (child) => collectFree(child, driver, checker, outside))
}

/** Whether the identifier stands for a value, rather than for a member, a label or a name being declared. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node
  if (ts.isBindingElement(parent)) return parent.initializer === node
  if (ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent)) return false
  return !ts.isLabeledStatement(parent) && !ts.isBreakOrContinueStatement(parent)
}

function isInLibrary(node: ts.Node): boolean {
  return /\/typescript\/lib\/lib\.[^/]*\.d\.ts$/.test(node.getSourceFile().fileName)
}

function isWithin(node: ts.Node, outer: ts.Node): boolean {
  return node.getSourceFile() === outer.getSourceFile() && node.pos >= outer.pos && node.end <= outer.end
}
