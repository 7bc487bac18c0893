import ts from 'typescript'
import type { ExportKind } from '@/lib/contract/exercise'
import type { ContentProblem } from '../../problem'
import { problemIn, type Subject, targetsOf } from '../subject'
import { type CourseProgram, pathOf } from './program'

/** Every target exports the values that exercise.json lists, of that kind, and no others. Types are free. */
export function checkExports({ checker, sourceFile }: CourseProgram, subject: Subject): ContentProblem[] {
  const listed = Object.entries(subject.exercise.manifest.exports)
  return targetsOf(subject).flatMap((target) => {
    const kinds = exportedKinds(checker, sourceFile(pathOf(subject, target)))
    const problem = (message: string): ContentProblem => problemIn(subject, target, 'exports', message)
    return [
      ...listed.flatMap(([name, kind]) => {
        const found = kinds.get(name)
        if (found === undefined) return [problem(`does not export ${name}`)]
        return found.includes(kind) ? [] : [problem(`exports ${name} as ${found.join(' or ')}, not as ${kind}`)]
      }),
      ...[...kinds.keys()]
        .filter((name) => !(name in subject.exercise.manifest.exports))
        .map((name) => problem(`exports ${name}, which exercise.json does not list`)),
    ]
  })
}

/** Kinds as which each exported value may pass: a constant that holds a function is both. */
function exportedKinds(checker: ts.TypeChecker, file: ts.SourceFile): Map<string, ExportKind[]> {
  const module = checker.getSymbolAtLocation(file)
  const kinds = new Map<string, ExportKind[]>()
  for (const exported of module === undefined ? [] : checker.getExportsOfModule(module)) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
    if (!(symbol.flags & ts.SymbolFlags.Value)) continue
    kinds.set(exported.name, kindsOf(checker, symbol))
  }
  return kinds
}

function kindsOf(checker: ts.TypeChecker, symbol: ts.Symbol): ExportKind[] {
  if (symbol.flags & ts.SymbolFlags.Class) return ['class']
  if (symbol.flags & ts.SymbolFlags.Function) return ['function']
  const callable = checker.getTypeOfSymbol(symbol).getCallSignatures().length > 0
  return callable ? ['const', 'function'] : ['const']
}
