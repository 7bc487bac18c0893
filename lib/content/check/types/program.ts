import path from 'node:path'
import ts from 'typescript'
import { REPOSITORY, TEST_API } from '../repository'
import { type Subject, sourceOf, targetsOf } from '../subject'

/** What a learner's editor and the runtime agree on: no Node, no DOM, everything that both hosts have. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.webworker.d.ts', 'lib.webworker.iterable.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  isolatedModules: true,
  types: [],
  // Content folders outside the repository have no node_modules above them.
  paths: {
    handroll: [TEST_API],
    vitest: [path.join(REPOSITORY, 'node_modules/vitest')],
    '@/*': [path.join(REPOSITORY, '*')],
  },
}

/** One program over all files of all subjects, so that the libraries are read once. */
export interface CourseProgram {
  checker: ts.TypeChecker
  /** Compile errors of one file: line (1-based) and text. */
  errorsOf(file: string): Array<{ line: number; message: string }>
  sourceFile(file: string): ts.SourceFile
}

/** Absolute path of a target or test file of a subject. */
export function pathOf(subject: Subject, file: string): string {
  return path.join(subject.folder, file)
}

/**
 * A folder that exists only for the compiler, where the starter stands in for `./solution`: the tests must compile
 * against what a learner begins with.
 */
export function starterFolder(subject: Subject): string {
  return path.join(subject.folder, '.with-starter')
}

/** Type-checks targets and tests of all subjects. */
export function createProgram(subjects: readonly Subject[]): CourseProgram {
  const texts = new Map(subjects.flatMap((subject) => [...filesOf(subject)]))
  const host = ts.createCompilerHost(OPTIONS)
  const { fileExists, readFile, getSourceFile, directoryExists } = host
  const folders = new Set([...texts.keys()].map((file) => path.dirname(file)))
  host.fileExists = (file) => texts.has(path.resolve(file)) || fileExists(file)
  host.directoryExists = (folder) => folders.has(path.resolve(folder)) || (directoryExists?.(folder) ?? false)
  host.readFile = (file) => texts.get(path.resolve(file)) ?? readFile(file)
  host.getSourceFile = (file, options, ...rest) => {
    const text = texts.get(path.resolve(file))
    return text === undefined ? getSourceFile(file, options, ...rest) : ts.createSourceFile(file, text, options, true)
  }
  const program = ts.createProgram([...texts.keys()], OPTIONS, host)
  const sourceFile = (file: string): ts.SourceFile => {
    const found = program.getSourceFile(file)
    if (found === undefined) throw new Error(`${file} is not part of the program`)
    return found
  }
  return {
    checker: program.getTypeChecker(),
    sourceFile,
    errorsOf(file) {
      const source = sourceFile(file)
      const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
      return found.map((diagnostic) => ({
        line: source.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line + 1,
        message: ts.flattenDiagnosticMessageText(diagnostic.messageText, ' '),
      }))
    },
  }
}

function* filesOf(subject: Subject): Iterable<[string, string]> {
  const { starter, visibleTests, hiddenTests } = subject.exercise.files
  for (const target of targetsOf(subject)) yield [pathOf(subject, target), sourceOf(subject, target)]
  for (const [folder, solution] of [
    [subject.folder, null],
    [starterFolder(subject), starter],
  ] as const) {
    yield [path.join(folder, 'visible.test.ts'), visibleTests]
    yield [path.join(folder, 'hidden.test.ts'), hiddenTests]
    if (solution !== null) yield [path.join(folder, 'solution.ts'), solution]
  }
}
