import ts from 'typescript'
import type { ContentProblem } from '../../problem'
import { problemIn, type Subject } from '../subject'
import { checkDriver } from './driver-lint'
import { type CourseProgram, pathOf } from './program'

/*
 * Between hidden tests and a learner's code lies a line between two processes. Nearly everything crosses it; these
 * rules refuse what does not, and what would make a test depend on how often each side runs. Each looks at the
 * syntax tree with its types; runs in all hosts are the proof, this is the message that says what to do. (Globals of
 * Node alone need no rule: the compiler does not know them.)
 */

interface Context {
  checker: ts.TypeChecker
  file: ts.SourceFile
  /** Where ./solution leads. */
  solution: ts.SourceFile
}

type Lint = (node: ts.Node, context: Context) => string | null

/** More calls than this from a test into the solution take too long one by one. */
const MAX_CALLS = 2_000

const ALLOWED_IMPORTS = new Set(['vitest', 'handroll', './solution'])

const LINTS: readonly Lint[] = [
  onlyKnownImports,
  noExtendedExports,
  noClonedInstances,
  noTickCounting,
  noRealSleeps,
  noLongLoops,
  selfContainedDrivers,
]

/** Problems of both test files of a subject. */
export function lintMembrane({ checker, sourceFile }: CourseProgram, subject: Subject): ContentProblem[] {
  return ['visible.test.ts', 'hidden.test.ts'].flatMap((name) => {
    const file = sourceFile(pathOf(subject, name))
    const context: Context = { checker, file, solution: sourceFile(pathOf(subject, 'solution.ts')) }
    const problems: ContentProblem[] = []
    const visit = (node: ts.Node): void => {
      for (const lint of LINTS) {
        const message = lint(node, context)
        const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1
        if (message !== null) problems.push(problemIn(subject, name, 'membrane', `line ${line}: ${message}`))
      }
      ts.forEachChild(node, visit)
    }
    visit(file)
    return problems
  })
}

function onlyKnownImports(node: ts.Node): string | null {
  if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) return null
  const from = node.moduleSpecifier.text
  return ALLOWED_IMPORTS.has(from) ? null : `imports ${from}; a test may import vitest, handroll and ./solution`
}

function noExtendedExports(node: ts.Node, context: Context): string | null {
  if (!ts.isHeritageClause(node) || node.token !== ts.SyntaxKind.ExtendsKeyword) return null
  if (!ts.isClassLike(node.parent)) return null
  const base = node.types[0]?.expression
  if (base === undefined || !isDeclaredIn(base, context)) return null
  return `extends ${base.getText()}: a class of the solution cannot be extended from outside`
}

function noClonedInstances(node: ts.Node, { checker, solution }: Context): string | null {
  if (!ts.isCallExpression(node) || node.expression.getText() !== 'structuredClone') return null
  const [argument] = node.arguments
  if (argument === undefined) return null
  const type = checker.getTypeAtLocation(argument)
  const fromSolution = type.getSymbol()?.declarations?.some((each) => {
    return each.getSourceFile() === solution && ts.isClassLike(each)
  })
  return fromSolution === true ? 'clones an instance of the solution, which cannot be copied; compare its fields' : null
}

/** One empty await runs a number of microtasks that differs between hosts; a loop of many lets all of them run. */
function noTickCounting(node: ts.Node): string | null {
  if (ts.isCallExpression(node) && node.expression.getText() === 'queueMicrotask') {
    return 'counts on the order of microtasks, which differs between hosts'
  }
  if (!ts.isAwaitExpression(node) || !isSettled(node.expression) || isInLoop(node)) return null
  return 'awaits nothing once: how far the solution gets meanwhile differs between hosts; await a result, or loop'
}

function noRealSleeps(node: ts.Node, { checker, file }: Context): string | null {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return null
  if (node.expression.text !== 'setTimeout' && node.expression.text !== 'setInterval') return null
  const declared = checker.getSymbolAtLocation(node.expression)?.declarations ?? []
  if (declared.some((each) => each.getSourceFile() === file)) return null
  return file.text.includes('vi.useFakeTimers(') ? null : `waits in real time: inject a clock or use fake timers`
}

/** A loop with a large literal bound that talks to the solution, outside inGuest. */
function noLongLoops(node: ts.Node, context: Context): string | null {
  if (!ts.isForStatement(node) || node.condition === undefined || isInDriver(node)) return null
  const bound = largestNumber(node.condition)
  if (bound <= MAX_CALLS || !talksToSolution(node.statement, context)) return null
  return `calls the solution up to ${bound} times, one by one; make the calls with inGuest`
}

function selfContainedDrivers(node: ts.Node, { checker }: Context): string | null {
  return isInGuestCall(node) ? checkDriver(node, checker) : null
}

function isInGuestCall(node: ts.Node): node is ts.CallExpression {
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'inGuest'
}

function isInDriver(node: ts.Node): boolean {
  return ts.findAncestor(node, isInGuestCall) !== undefined
}

function isInLoop(node: ts.Node): boolean {
  const isEnd = (each: ts.Node): boolean => ts.isFunctionLike(each) || ts.isIterationStatement(each, false)
  const found = ts.findAncestor(node.parent, isEnd)
  return found !== undefined && ts.isIterationStatement(found, false)
}

function isSettled(expression: ts.Expression): boolean {
  const text = expression.getText()
  return text === 'null' || text === 'undefined' || text === 'Promise.resolve()' || ts.isVoidExpression(expression)
}

function largestNumber(node: ts.Node): number {
  if (ts.isNumericLiteral(node)) return Number(node.text)
  let largest = 0
  ts.forEachChild(node, (child) => {
    largest = Math.max(largest, largestNumber(child))
  })
  return largest
}

function talksToSolution(node: ts.Node, context: Context): boolean {
  if (ts.isIdentifier(node) && isDeclaredIn(node, context)) return true
  return ts.forEachChild(node, (child) => talksToSolution(child, context) || undefined) ?? false
}

/** Whether the name, or the member, is declared by the solution. */
function isDeclaredIn(node: ts.Node, { checker, solution }: Context): boolean {
  const symbol = checker.getSymbolAtLocation(node)
  const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  return target?.declarations?.some((each) => each.getSourceFile() === solution) ?? false
}
