import { Health } from '@/lib/contract/health'
import { route } from '@/lib/http/route'
import { health } from '@/lib/learn/health'

/** What works at this moment: 200 while pages and accounts do, 503 when they do not. */
export const GET = route({ auth: 'none' }, async () => {
  const report = Health.parse(await health())
  return Response.json(report, { status: report.status === 'down' ? 503 : 200 })
})
