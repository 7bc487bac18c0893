import reactHooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

/*
 * Few rules, each for a mistake that neither the compiler nor a reader catches well. The form of the code is left to
 * its authors. Which folder may import which is in .dependency-cruiser.cjs.
 */

const MISTAKES = {
  // An `any` switches the checker off for all that it touches. `unknown` and a schema say the same and stay safe.
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
  '@typescript-eslint/no-unused-vars': ['error', {
    argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none', ignoreRestSiblings: true,
    destructuredArrayIgnorePattern: '^_',
  }],
  // Imports of types vanish from bundles; a client file may name a type of the server without taking its code along.
  '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
  'no-var': 'error',
  'prefer-const': ['error', { ignoreReadBeforeAssign: true }],
  'no-self-compare': 'error',
  'no-unreachable-loop': ['error', { ignore: ['ForOfStatement'] }],
  'no-constant-binary-expression': 'error',
  // `== null` stands for null and undefined.
  eqeqeq: ['error', 'smart'],
}

/** Rules that ask the type checker. */
const PROMISES = {
  // A promise that nobody waits for loses its error. `void` says that this is meant.
  '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
  '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false, arguments: false } }],
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
}

export default defineConfig(
  globalIgnores(['.next*/', '.handroll/', 'public/', 'lib/db/generated/', 'next-env.d.ts']),
  {
    files: ['**/*.{ts,tsx,js,mjs,cjs}'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: { parser: tseslint.parser },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: MISTAKES,
  },
  {
    files: ['{app,lib,prisma,tests}/**/*.{ts,tsx}', '*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: PROMISES,
  },
  {
    files: ['{app,lib}/**/*.{ts,tsx,js}'],
    rules: {
      // Past this a file does two things; split it at the second one.
      'max-lines': ['error', { max: 300 }],
    },
  },
  {
    // The folders in which every line fits; add those that are mended.
    files: ['app/{classes,join,api/classes}/**/*.{ts,tsx}', 'lib/{learn/classes,marks,similarity}/*.ts'],
    rules: { 'max-len': ['error', { code: 120, ignoreUrls: true }] },
  },
  {
    files: ['{app,lib/editor}/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    // The plugin's other rules run the React compiler over every file, which takes as long as all of this together.
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    // Learners read these beside their own code: whatever is not about the exercise is left alone.
    files: ['exercises/**/*.ts'],
    rules: { '@typescript-eslint/no-unused-vars': 'off' },
  },
)
