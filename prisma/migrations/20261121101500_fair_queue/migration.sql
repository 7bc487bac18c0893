-- One submission of each user has a turn at a time; it alone has a job. Those that wait now have one each already.
ALTER TABLE "submissions" ADD COLUMN "turn_at" TIMESTAMPTZ(6);
UPDATE "submissions" SET "turn_at" = "submitted_at" WHERE "state" <> 'done';

-- Finds what has been graded before. SHA-256 of the source in UTF-8, hexadecimal.
ALTER TABLE "submissions" ADD COLUMN "source_hash" TEXT;
UPDATE "submissions" SET "source_hash" = encode(sha256(convert_to("source", 'UTF8')), 'hex');
ALTER TABLE "submissions" ALTER COLUMN "source_hash" SET NOT NULL;
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_source_hash_is_sha256" CHECK ("source_hash" ~ '^[0-9a-f]{64}$');

-- CreateIndex
CREATE INDEX "submissions_user_id_state_idx" ON "submissions"("user_id", "state");

-- CreateIndex
CREATE INDEX "submissions_source_hash_version_hash_idx" ON "submissions"("source_hash", "version_hash");
