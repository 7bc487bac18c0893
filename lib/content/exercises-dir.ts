import path from 'node:path'

/** The content folder: `EXERCISES_DIR`, or `exercises` in the working directory. Absolute. */
export function exercisesDir(env: Readonly<Record<string, string | undefined>> = process.env): string {
  // The path is none of the build's business; without the comment it would take the whole project for a dependency.
  return path.resolve(/* turbopackIgnore: true */ env.EXERCISES_DIR?.trim() || 'exercises')
}
