import path from 'node:path'

/** The content folder: `EXERCISES_DIR`, or `exercises` in the working directory. Absolute. */
export function exercisesDir(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return path.resolve(env.EXERCISES_DIR?.trim() || 'exercises')
}
