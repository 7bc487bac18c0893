import path from 'node:path'
import { buildSync } from 'esbuild'
import { loopback } from '@/lib/runtime/membrane/loopback'
import type { Other } from './acts'
import type { Program } from './programs'
import { Side } from './side'

interface Solution extends Other {
  start(other: Other, passesAll: boolean): void
  finish(): string
  later(program: string, promise: Promise<unknown>): Promise<unknown>
}

type Load = (module: { exports: unknown }, exports: unknown) => void
let compiled: Load | undefined

function load(module: { exports: unknown }): void {
  compiled ??= new Function('module', 'exports', bundled()) as Load
  compiled(module, module.exports)
}

function bundled(): string {
  const entry = path.join(import.meta.dirname, 'solution.ts')
  const { outputFiles } = buildSync({ entryPoints: [entry], bundle: true, write: false, format: 'cjs', target: 'es2022' })
  return `"use strict";\n${outputFiles[0]?.text ?? ''}`
}

/** What both sides see of the program, one line for each look, with nothing between them. */
export function playDirectly(program: Program): Promise<string[]> {
  const module = { exports: {} as unknown }
  load(module)
  return play(program, module.exports as Solution)
}

/** The same with the membrane between them. */
export function playAcross(program: Program): Promise<string[]> {
  const link = loopback((_, module) => load(module))
  return play(program, link.namespace as Solution)
}

async function play({ isFlooded, steps }: Program, solution: Solution): Promise<string[]> {
  const side = new Side('test', isFlooded)
  side.meet(solution)
  const other: Other = {
    act: (program) => side.act(program),
    take: (slot, value) => side.take(slot, value),
    give: (slot) => side.give(slot),
    raise: (slot) => side.raise(slot),
    see: () => {},
  }
  solution.start(other, isFlooded)
  for (const step of steps) {
    if (step.type !== 'later') {
      side.run([step])
      continue
    }
    let settle = (): void => {}
    const promise = new Promise((resolve, reject) => {
      settle = () => (step.isKept ? resolve(side.slots[step.on]) : reject(side.slots[step.on] as Error))
    })
    const end = solution.later(JSON.stringify(step.other), promise)
    side.run(step.meanwhile)
    settle()
    side.note('later', side.brief(await end))
  }
  // Brings everything up to date that a flood has taken out of sight.
  side.run([{ type: 'other', other: [] }])
  return [side.finish(), solution.finish()].join('\n').split('\n')
}
