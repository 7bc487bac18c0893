-- CreateTable
CREATE TABLE "regrades" (
    "id" UUID NOT NULL,
    "exercise" TEXT NOT NULL,
    "version_hash" TEXT NOT NULL,
    "started_by" UUID,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "stopped" BOOLEAN NOT NULL DEFAULT false,
    "applied_at" TIMESTAMPTZ(3),
    "lowered" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "regrades_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "regrade_results" (
    "regrade_id" UUID NOT NULL,
    "submission_id" UUID NOT NULL,
    "gradings" INTEGER NOT NULL DEFAULT 0,
    "verdict" "verdict_kind",
    "reason" TEXT,
    "score" INTEGER,
    "max_score" INTEGER,
    "detail" JSONB,
    "graded_at" TIMESTAMPTZ(3),

    CONSTRAINT "regrade_results_pkey" PRIMARY KEY ("regrade_id","submission_id")
);

-- CreateTable
CREATE TABLE "audit_log" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" UUID,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "audit_log_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "regrade_results_submission_id_idx" ON "regrade_results"("submission_id");

-- CreateIndex
CREATE INDEX "audit_log_subject_at_idx" ON "audit_log"("subject", "at");

-- CreateIndex
CREATE INDEX "submissions_version_hash_idx" ON "submissions"("version_hash");

-- AddForeignKey
ALTER TABLE "regrades" ADD CONSTRAINT "regrades_version_hash_fkey" FOREIGN KEY ("version_hash") REFERENCES "exercise_versions"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "regrades" ADD CONSTRAINT "regrades_started_by_fkey" FOREIGN KEY ("started_by") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "regrade_results" ADD CONSTRAINT "regrade_results_regrade_id_fkey" FOREIGN KEY ("regrade_id") REFERENCES "regrades"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "regrade_results" ADD CONSTRAINT "regrade_results_submission_id_fkey" FOREIGN KEY ("submission_id") REFERENCES "submissions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Rules that hold whatever the program does.

-- A result is there as a whole or not at all, and what holds for a verdict holds for it.
ALTER TABLE "regrade_results"
  ADD CONSTRAINT "regrade_results_whole" CHECK (
    num_nulls("verdict", "score", "max_score", "detail", "graded_at") IN (0, 5)
  ),
  ADD CONSTRAINT "regrade_results_score_in_range" CHECK ("score" BETWEEN 0 AND "max_score"),
  ADD CONSTRAINT "regrade_results_error_scores_nothing" CHECK ("verdict" <> 'error' OR "score" = 0);

-- A verdict and a graded result of a regrade are never changed.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is never changed once it is written', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER "verdicts_never_change" BEFORE UPDATE ON "verdicts"
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "regrade_results_never_change" BEFORE UPDATE ON "regrade_results"
  FOR EACH ROW WHEN (OLD."verdict" IS NOT NULL) EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_log_never_changes" BEFORE UPDATE ON "audit_log"
  FOR EACH ROW WHEN (OLD."actor_id" IS NOT DISTINCT FROM NEW."actor_id") EXECUTE FUNCTION "refuse_change"();
