import { z } from 'zod'
import { listPromptTexts } from '@/app/_catalogue/prompt-texts'
import { Localized } from '@/lib/contract/localized'
import { route } from '@/lib/http/route'

const YEAR_SECONDS = 365 * 24 * 3600

const Query = z.strictObject({ version: z.string().max(64).optional() })
const Texts = z.record(z.string(), Localized)

/**
 * Plain text of each exercise's prompt by slug, for the catalogue's search, which runs in the browser. Who asks for the
 * version that there is may keep the answer for ever; everybody else asks again and is told when nothing has changed.
 */
export const GET = route({ auth: 'none', query: Query }, async ({ request, query }) => {
  const { version, texts } = await listPromptTexts()
  const tag = `W/"${version}"`
  const lasting = query.version === version
  const headers = {
    ETag: tag,
    'Cache-Control': lasting ? `public, max-age=${YEAR_SECONDS}, immutable` : 'public, no-cache',
  }
  if (request.headers.get('if-none-match') === tag) return new Response(null, { status: 304, headers })
  return Response.json(Texts.parse(texts), { headers })
})
