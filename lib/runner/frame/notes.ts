import type { ConsoleLine, RunTest, TestError } from '@/lib/contract/run'
import { MAX_CONSOLE_LINES, MAX_TEXT } from '../caps'
import type { WorkerNote } from '../worker-note'
import type { StackCleaner } from './stack'

/** What the worker tells the page about its run. Long texts are cut, stacks reduced to the learner's files. */
export interface Notes {
  running: (name: string) => void
  test: (test: RunTest) => void
  /** Counts a console line; false once no more are shown. */
  countLine: () => boolean
  print: (line: ConsoleLine) => void
  error: (error: TestError) => void
  done: (durationMs: number) => void
}

export function createNotes(post: (text: string) => void, stacks: StackCleaner): Notes {
  // Taken before any other code runs, so that replacing it later changes nothing here.
  const { stringify } = JSON
  const send = (note: WorkerNote): void => post(stringify(note))
  let lines = 0

  const tidy = (error: TestError): TestError => ({
    name: cut(error.name),
    message: cut(error.message),
    expected: error.expected === null ? null : cut(error.expected),
    actual: error.actual === null ? null : cut(error.actual),
    diff: error.diff === null ? null : cut(error.diff),
    stack: stacks.clean(error.stack),
  })

  return {
    running: (name) => send({ type: 'running', name: cut(name).slice(0, 1_000) }),
    test: (test) => send({ type: 'test', test: { ...test, errors: test.errors.slice(0, 5).map(tidy) } }),
    countLine: () => {
      lines += 1
      if (lines === MAX_CONSOLE_LINES + 1) send({ type: 'silenced' })
      return lines <= MAX_CONSOLE_LINES
    },
    print: (line) => {
      send({ type: 'console', line: { ...line, text: cut(line.text), stack: stacks.clean(line.stack) } })
    },
    error: (error) => send({ type: 'error', error: tidy(error) }),
    done: (durationMs) => send({ type: 'done', durationMs }),
  }
}

function cut(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}\n… ${text.length - MAX_TEXT} more characters` : text
}
