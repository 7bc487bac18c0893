-- Rules that hold whatever the program does. prisma/schema.prisma cannot say them, so they stand only here.

ALTER TABLE "users"
  ADD CONSTRAINT "users_email_lower_case" CHECK ("email" = lower("email") AND "email" <> ''),
  ADD CONSTRAINT "users_locale_known" CHECK ("locale" IN ('en', 'zh')),
  ADD CONSTRAINT "users_session_epoch_counts_up" CHECK ("session_epoch" >= 0);

ALTER TABLE "exercise_versions"
  ADD CONSTRAINT "exercise_versions_difficulty_known" CHECK ("difficulty" IN ('easy', 'medium', 'hard', 'expert')),
  ADD CONSTRAINT "exercise_versions_max_score_positive" CHECK ("max_score" > 0);

-- The same number as MAX_SOURCE_BYTES of the contract.
ALTER TABLE "submissions"
  ADD CONSTRAINT "submissions_source_size" CHECK (octet_length("source") BETWEEN 1 AND 65536),
  ADD CONSTRAINT "submissions_started_unless_queued" CHECK ("state" <> 'queued' OR "started_at" IS NULL);

-- A full score is not yet a pass: a test without points may have failed. The reverse holds always.
ALTER TABLE "verdicts"
  ADD CONSTRAINT "verdicts_score_in_range" CHECK ("score" BETWEEN 0 AND "max_score"),
  ADD CONSTRAINT "verdicts_passed_is_full_score" CHECK ("verdict" <> 'passed' OR "score" = "max_score"),
  ADD CONSTRAINT "verdicts_passed_without_reason" CHECK ("verdict" <> 'passed' OR "reason" IS NULL),
  ADD CONSTRAINT "verdicts_error_scores_nothing" CHECK ("verdict" <> 'error' OR "score" = 0);

ALTER TABLE "progress"
  ADD CONSTRAINT "progress_best_score_in_range" CHECK ("best_score" BETWEEN 0 AND "max_score"),
  ADD CONSTRAINT "progress_attempts_not_negative" CHECK ("attempts" >= 0);

ALTER TABLE "drafts"
  ADD CONSTRAINT "drafts_size" CHECK (octet_length("source") <= 65536 AND octet_length("own_tests") <= 65536);

ALTER TABLE "rate_limits"
  ADD CONSTRAINT "rate_limits_count_not_negative" CHECK ("count" >= 0);
