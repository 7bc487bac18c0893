-- AlterTable
ALTER TABLE "users" ADD COLUMN     "handle" TEXT,
ADD COLUMN     "profile_public" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "time_zone" TEXT;

-- CreateTable
CREATE TABLE "active_days" (
    "user_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "first_zone" TEXT NOT NULL,
    "last_zone" TEXT NOT NULL,
    "submissions" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "active_days_pkey" PRIMARY KEY ("user_id","day")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_handle_key" ON "users"("handle");

-- AddForeignKey
ALTER TABLE "active_days" ADD CONSTRAINT "active_days_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Rules that hold whatever the program does. prisma/schema.prisma cannot say them, so they stand only here.

ALTER TABLE "users"
  ADD CONSTRAINT "users_handle_well_formed" CHECK ("handle" ~ '^[a-z0-9](-?[a-z0-9])+$' AND length("handle") BETWEEN 3 AND 30),
  ADD CONSTRAINT "users_public_under_a_handle" CHECK (NOT "profile_public" OR "handle" IS NOT NULL);

ALTER TABLE "active_days"
  ADD CONSTRAINT "active_days_in_order" CHECK ("first_at" <= "last_at"),
  ADD CONSTRAINT "active_days_submissions_positive" CHECK ("submissions" >= 1);

-- Where the people who submitted before this were is not known: their days are those of UTC.
INSERT INTO "active_days" ("user_id", "day", "first_at", "last_at", "first_zone", "last_zone", "submissions")
SELECT "user_id", ("submitted_at" AT TIME ZONE 'UTC')::date, min("submitted_at"), max("submitted_at"), 'UTC', 'UTC', count(*)
FROM "submissions" GROUP BY 1, 2;
