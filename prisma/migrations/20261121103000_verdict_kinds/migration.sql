-- CreateIndex
CREATE INDEX "verdicts_verdict_submission_id_idx" ON "verdicts"("verdict", "submission_id");
