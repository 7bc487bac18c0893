import { SubmissionView } from '@/lib/contract/submission'
import { Visitor } from '@/tests/http/support/visitor'

/** People who have signed up at a site. */
export async function signUpCrowd(origins: string | readonly string[], size: number): Promise<Visitor[]> {
  const all = [origins].flat()
  const crowd = Array.from({ length: size }, (_, index) => new Visitor(all[index % all.length] as string))
  for (const visitor of crowd) await visitor.signUp()
  return crowd
}

/** Submits a source; answers the submission's id. */
export async function send(visitor: Visitor, body: { exercise: string; source: string }): Promise<string> {
  const answer = await visitor.call('/api/submissions', { body })
  if (answer.status !== 202) throw new Error(`Not accepted: ${answer.status} ${answer.text}`)
  return SubmissionView.parse(answer.json).id
}
