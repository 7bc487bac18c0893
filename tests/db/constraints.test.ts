import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectionOptions, runOnce } from '@/lib/db/connection'
import { useDatabase } from '../support/database'

const test = useDatabase()
const user = randomUUID()
const submission = randomUUID()
const query = (sql: string, values: unknown[] = []) => runOnce(connectionOptions(test.url), sql, values)

const insertUser = (columns: string, values: string) =>
  `insert into users (id, name, ${columns}) values (gen_random_uuid(), 'Bob', ${values})`
const insertVersion = (values: string) =>
  `insert into exercise_versions (hash, exercise, title, difficulty, max_score) values (${values})`
const insertSubmission = (columns: string, values: string) =>
  `insert into submissions (id, user_id, exercise, version_hash, source_hash, ${columns})
   values (gen_random_uuid(), '${user}', 'adder', 'hash', repeat('0', 64), ${values})`
const insertVerdict = (values: string) =>
  `insert into verdicts (submission_id, detail, verdict, reason, score, max_score) values ('${submission}', '{}', ${values})`
const insertProgress = (best: number, attempts: number) =>
  `insert into progress (user_id, exercise, max_score, best_score, attempts) values ('${user}', 'adder', 10, ${best}, ${attempts})`

beforeAll(async () => {
  await query(`insert into users (id, email, name) values ('${user}', 'ada@example.org', 'Ada')`)
  await query(insertVersion(`'hash', 'adder', '{}', 'easy', 10`))
  await query(`insert into submissions (id, user_id, exercise, version_hash, source_hash, source)
    values ('${submission}', '${user}', 'adder', 'hash', repeat('0', 64), 'x')`)
})

describe('the database refuses', () => {
  it.each([
    ['a capital in an e-mail address', 'users_email_lower_case', insertUser('email', "'Bob@example.org'")],
    ['an empty e-mail address', 'users_email_lower_case', insertUser('email', "''")],
    ['a language that the site does not speak', 'users_locale_known', insertUser('email, locale', "'bob@example.org', 'xx'")],
    ['a negative session epoch', 'users_session_epoch_counts_up', insertUser('email, session_epoch', "'bob@example.org', -1")],
    ['an unknown difficulty', 'exercise_versions_difficulty_known', insertVersion(`'h2', 'adder', '{}', 'trivial', 10`)],
    ['an exercise worth nothing', 'exercise_versions_max_score_positive', insertVersion(`'h2', 'adder', '{}', 'easy', 0`)],
    ['an empty source', 'submissions_source_size', insertSubmission('source', "''")],
    ['a source of 64 KiB and a byte', 'submissions_source_size', insertSubmission('source', `repeat('é', 32768) || 'x'`)],
    ['a start of grading while queued', 'submissions_started_unless_queued', insertSubmission('source, started_at', "'x', now()")],
    ['a score above the maximum', 'verdicts_score_in_range', insertVerdict("'failed', null, 11, 10")],
    ['a negative score', 'verdicts_score_in_range', insertVerdict("'failed', null, -1, 10")],
    ['a pass without full score', 'verdicts_passed_is_full_score', insertVerdict("'passed', null, 9, 10")],
    ['a pass with a reason', 'verdicts_passed_without_reason', insertVerdict("'passed', 'time-limit', 10, 10")],
    ['points for an error of ours', 'verdicts_error_scores_nothing', insertVerdict("'error', 'internal-error', 1, 10")],
    ['a best score above the maximum', 'progress_best_score_in_range', insertProgress(11, 1)],
    ['a negative number of attempts', 'progress_attempts_not_negative', insertProgress(1, -1)],
    ['a draft that is too large', 'drafts_size',
      `insert into drafts (user_id, exercise, source) values ('${user}', 'adder', repeat('x', 65537))`],
    ['a negative count', 'rate_limits_count_not_negative',
      `insert into rate_limits (key, window_start, count) values ('k', now(), -1)`],
  ])('%s', async (_, constraint, sql) => {
    await expect(query(sql)).rejects.toMatchObject({ code: '23514', constraint })
  })

  it('a source of 64 KiB it takes', async () => {
    await expect(query(insertSubmission('source', `repeat('é', 32768)`))).resolves.toMatchObject({ rowCount: 1 })
  })
})
