import { z } from 'zod'
import { ProblemError } from '@/lib/contract/problem'
import { Verdict, verdictView, type RulesHidden } from '@/lib/contract/verdict'
import {
  listDecisions, listPlacesFor, listSubmissionsToExport, readAccount, type AccountExport, type SubmissionExport,
} from '@/lib/db/account-export'
import { readStanding } from '@/lib/db/boards/standing'
import { withDatabase } from './database'
import { findHiddenRules } from './rules-shown'

/** Raised when what is there gets another name or meaning; additions leave it. */
const FORMAT = 1

/** What the log says of a decision about somebody. */
const Decision = z.object({ reason: z.string() }).catch({ reason: '' })

/** Submissions that are read at a time: each has a source of up to 64 KiB and its verdicts. */
const BATCH = 20

/**
 * Everything that the site keeps about the user, as JSON in pieces. Moments are ISO 8601 in UTC, marks are hundredths
 * of a point. Verdicts are as the learner may see them at present. Of other people there is only what they wrote to
 * this one or decided about them, without their names. `complete` comes last: a file without it was cut off.
 * @throws ProblemError `not-found` when the account is gone
 */
export async function exportAccount(userId: string): Promise<{ name: string; chunks: AsyncIterable<string> }> {
  const account = await withDatabase((db) => readAccount(db, userId))
  if (!account) throw new ProblemError('not-found', 'This account does not exist any more.')
  const decisions = await withDatabase((db) => listDecisions(db, userId))
  // Anybody can sign up with any address; what is kept for one is told to those for whom a provider vouches.
  const places = account.accounts.length === 0 ? [] : await withDatabase((db) => listPlacesFor(db, account.email))
  const exportedAt = new Date().toISOString()
  const head = { format: FORMAT, exportedAt, ...describeAccount(account, places), decisions: decisions.map(describeDecision) }

  async function* chunks(): AsyncGenerator<string> {
    yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "submissions": [`
    for (let after: string | null = null, first = true; ; first = false) {
      const { rows, hidden } = await withDatabase(async (db) => {
        const rows = await listSubmissionsToExport(db, userId, after, BATCH)
        return { rows, hidden: await findHiddenRules(db, userId, rows.map(({ exercise }) => exercise)) }
      })
      const last = rows.at(-1)
      if (!last) break
      const texts = rows.map((row) => JSON.stringify(describeSubmission(row, hidden.get(row.exercise) ?? null)))
      yield `${first ? '' : ','}\n    ${texts.join(',\n    ')}`
      after = last.id
    }
    yield '\n  ],\n  "complete": true\n}\n'
  }
  return { name: `handroll ${exportedAt.slice(0, 10)}.json`, chunks: chunks() }
}

function describeAccount({
  accounts, activeDays, progress, drafts, gains, boards, shared, votes, memberships, exceptions, marksOf, marksGiven, comments,
  invitations, regrades, auditLog, ...account
}: AccountExport, places: Awaited<ReturnType<typeof listPlacesFor>>) {
  return {
    account,
    signIns: accounts,
    activeDays: activeDays.map(({ day, ...rest }) => ({ day: day.toISOString().slice(0, 10), ...rest })),
    progress,
    drafts,
    leaderboards: { gains, places: boards.map(describePlace) },
    solutions: { shared, votes },
    classes: {
      memberships: memberships.map(({ class: { name: className, term }, section, ...rest }) => {
        return { class: className, term, section: section?.name ?? null, ...rest }
      }),
      invitations: places.map(({ class: { name: className, term }, ...rest }) => ({ class: className, term, ...rest })),
      exceptions: exceptions.map(({ set, ...rest }) => ({ ...inSet(set), ...rest })),
      marksChangedByHand: marksOf.map(describeMark),
    },
    asStaff: {
      marksGiven: marksGiven.map(describeMark),
      comments: comments.map(describeComment),
      invitations: invitations.map(({ class: { name }, ...rest }) => ({ class: name, ...rest })),
    },
    asAdmin: { regrades, log: auditLog },
  }
}

function describeDecision({ at, action, detail }: Awaited<ReturnType<typeof listDecisions>>[number]) {
  return { at, action, reason: Decision.parse(detail).reason }
}

function describePlace({ standing, shown, board }: AccountExport['boards'][number]) {
  const { scope, of, span, starts, class: group, section, set } = board
  return {
    scope, topic: scope === 'topic' ? of : null,
    class: group?.name ?? null, section: section?.name ?? null, set: set?.title ?? null,
    span, starts: span === 'all' ? null : starts.toISOString().slice(0, 10),
    ...readStanding(standing), shown,
  }
}

function describeSubmission(row: SubmissionExport, hidden: RulesHidden | null) {
  const { verdict, regradeResults, comments, ...submission } = row
  return {
    ...submission,
    verdict: verdict && describeVerdict(verdict, hidden),
    regrades: regradeResults.map((result) => describeVerdict(result, hidden)),
    comments: comments.map(describeComment),
  }
}

function describeVerdict({ gradedAt, detail }: { gradedAt: Date | null; detail: unknown }, hidden: RulesHidden | null) {
  return { gradedAt, ...verdictView(Verdict.parse(detail), hidden) }
}

function describeComment({ class: { name }, ...comment }: SubmissionExport['comments'][number]) {
  return { class: name, ...comment }
}

function describeMark({ item: { exercise, set }, ...mark }: AccountExport['marksOf'][number]) {
  return { ...inSet(set), exercise, ...mark }
}

/** A draft of a set keeps its title to staff. */
function inSet(set: AccountExport['exceptions'][number]['set']) {
  return { class: set.class.name, set: set.publishedAt ? set.title : null }
}
