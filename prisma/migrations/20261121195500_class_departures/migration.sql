-- AlterTable
ALTER TABLE "audit_log" ADD COLUMN     "class_id" UUID;

-- CreateTable
CREATE TABLE "class_departures" (
    "id" UUID NOT NULL,
    "class_id" UUID NOT NULL,
    "address_hash" TEXT NOT NULL,
    "role" "class_role" NOT NULL,
    "external_id" TEXT,
    "section_id" UUID,
    "removed" BOOLEAN NOT NULL,
    "left_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "class_departures_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "class_departures_class_id_address_hash_key" ON "class_departures"("class_id", "address_hash");

-- CreateIndex
CREATE INDEX "class_departures_section_id_idx" ON "class_departures"("section_id");

-- CreateIndex
CREATE INDEX "audit_log_class_id_id_idx" ON "audit_log"("class_id", "id" DESC);

-- AddForeignKey
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_class_id_fkey" FOREIGN KEY ("class_id") REFERENCES "classes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "class_departures" ADD CONSTRAINT "class_departures_class_id_fkey" FOREIGN KEY ("class_id") REFERENCES "classes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "class_departures" ADD CONSTRAINT "class_departures_section_id_fkey" FOREIGN KEY ("section_id") REFERENCES "class_sections"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- A rule that holds whatever the program does. prisma/schema.prisma cannot say it, so it stands only here.

ALTER TABLE "class_departures"
  ADD CONSTRAINT "class_departures_hashes_only" CHECK ("address_hash" ~ '^[0-9a-f]{64}$');

-- What was written down before belongs to a class, too. Of a set that is gone, its last entry says which.

UPDATE "audit_log" a SET "class_id" = c."id" FROM "classes" c WHERE a."action" LIKE 'class.%' AND a."subject" = c."id"::text;

UPDATE "audit_log" a SET "class_id" = s."class_id" FROM "problem_sets" s WHERE a."subject" = s."id"::text;

UPDATE "audit_log" a SET "class_id" = c."id" FROM "audit_log" gone JOIN "classes" c ON c."id"::text = gone."detail" ->> 'classId'
WHERE gone."action" = 'set.deleted' AND a."subject" = gone."subject" AND a."class_id" IS NULL;
