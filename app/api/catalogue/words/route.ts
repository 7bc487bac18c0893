import { z } from 'zod'
import { listPromptWords } from '@/app/_catalogue/prompt-words'
import { route } from '@/lib/http/route'

const Words = z.record(z.string(), z.string())

/** Words of each exercise's prompt by slug, for the search of the home page, which runs in the browser. */
export const GET = route({ auth: 'none' }, async () => {
  return Response.json(Words.parse(await listPromptWords()), { headers: { 'Cache-Control': 'private, max-age=300' } })
})
