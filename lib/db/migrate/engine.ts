import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import { engineAdapterFactory } from './engine-adapter'

/*
 * Prisma's schema engine, which applies and compares migrations, exists as a binary that the vendor's CLI downloads
 * and as a WebAssembly package. Here the second is used, through the same Postgres driver as everything else: nothing
 * has to be fetched, and the migration folders stay the standard ones.
 */

type EngineModule = typeof import('@prisma/schema-engine-wasm') & { __wbg_set_wasm(exports: WebAssembly.Exports): void }

/**
 * Lends a schema engine that is connected to the database at `databaseUrl`, and releases it afterwards.
 * @throws Error with what the engine reports
 */
export async function withEngine<T>(databaseUrl: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const { SchemaEngine: Engine } = await loadModule()
  const adapters = engineAdapterFactory(databaseUrl)
  try {
    const engine = await Engine.new({ datamodels: undefined }, () => {}, bindMigrationAwareSqlAdapterFactory(adapters))
    const result = await work(engine)
    engine.free()
    return result
  } finally {
    await adapters.close()
  }
}

let loaded: Promise<EngineModule> | undefined

function loadModule(): Promise<EngineModule> {
  loaded ??= instantiate()
  return loaded
}

/**
 * What the package's own entry does, for hosts that cannot import a .wasm file as a module. The registry is where the
 * engine says what happened before it gives up on a defect of its own.
 */
async function instantiate(): Promise<EngineModule> {
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (text: string) => console.error(text) } })
  const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const engine: EngineModule = await import(pathToFileURL(script).href)
  const bytes = await readFile(path.join(path.dirname(script), 'schema_engine_bg.wasm'))
  const imports = { './schema_engine_bg.js': engine as unknown as WebAssembly.ModuleImports }
  const { instance } = await WebAssembly.instantiate(bytes, imports)
  engine.__wbg_set_wasm(instance.exports)
  const { __wbindgen_start: start } = instance.exports
  if (typeof start === 'function') start()
  return engine
}
