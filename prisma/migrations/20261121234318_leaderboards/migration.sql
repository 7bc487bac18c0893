-- CreateEnum
CREATE TYPE "board_scope" AS ENUM ('everyone', 'topic', 'class', 'section', 'set');

-- CreateEnum
CREATE TYPE "board_span" AS ENUM ('all', 'month', 'week');

-- CreateEnum
CREATE TYPE "board_mode" AS ENUM ('off', 'names', 'pseudonyms');

-- AlterTable
ALTER TABLE "class_members" ADD COLUMN     "alias" INTEGER,
ADD COLUMN     "alias_only" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "off_boards" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "classes" ADD COLUMN     "board_mode" "board_mode" NOT NULL DEFAULT 'off',
ADD COLUMN     "board_top" INTEGER;

-- AlterTable
ALTER TABLE "problem_sets" ADD COLUMN     "on_boards" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "barred_at" TIMESTAMPTZ(3),
ADD COLUMN     "on_boards" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "score_gains" (
    "user_id" UUID NOT NULL,
    "exercise" TEXT NOT NULL,
    "submission_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "points" INTEGER NOT NULL,

    CONSTRAINT "score_gains_pkey" PRIMARY KEY ("user_id","exercise","submission_id")
);

-- CreateTable
CREATE TABLE "board_exercises" (
    "exercise" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "counts" BOOLEAN NOT NULL,
    "pending" BOOLEAN NOT NULL,

    CONSTRAINT "board_exercises_pkey" PRIMARY KEY ("exercise")
);

-- CreateTable
CREATE TABLE "boards" (
    "id" SERIAL NOT NULL,
    "scope" "board_scope" NOT NULL,
    "of" TEXT NOT NULL,
    "span" "board_span" NOT NULL,
    "starts" DATE NOT NULL,
    "class_id" UUID,
    "section_id" UUID,
    "set_id" UUID,

    CONSTRAINT "boards_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "board_entries" (
    "board_id" INTEGER NOT NULL,
    "user_id" UUID NOT NULL,
    "standing" BIGINT NOT NULL,
    "shown" BOOLEAN NOT NULL,

    CONSTRAINT "board_entries_pkey" PRIMARY KEY ("board_id","user_id")
);

-- CreateTable
CREATE TABLE "board_buckets" (
    "board_id" INTEGER NOT NULL,
    "low" BIGINT NOT NULL,
    "entries" INTEGER NOT NULL,

    CONSTRAINT "board_buckets_pkey" PRIMARY KEY ("board_id","low")
);

-- CreateTable
CREATE TABLE "shared_solutions" (
    "user_id" UUID NOT NULL,
    "exercise" TEXT NOT NULL,
    "submission_id" UUID NOT NULL,
    "program_hash" TEXT NOT NULL,
    "length" INTEGER NOT NULL,
    "signed" BOOLEAN NOT NULL DEFAULT false,
    "shared_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "shared_solutions_pkey" PRIMARY KEY ("user_id","exercise")
);

-- CreateTable
CREATE TABLE "solution_votes" (
    "user_id" UUID NOT NULL,
    "exercise" TEXT NOT NULL,
    "program_hash" TEXT NOT NULL,
    "voted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "solution_votes_pkey" PRIMARY KEY ("user_id","exercise","program_hash")
);

-- CreateIndex
CREATE INDEX "boards_class_id_idx" ON "boards"("class_id");

-- CreateIndex
CREATE INDEX "boards_section_id_idx" ON "boards"("section_id");

-- CreateIndex
CREATE INDEX "boards_set_id_idx" ON "boards"("set_id");

-- CreateIndex
CREATE UNIQUE INDEX "boards_scope_of_span_starts_key" ON "boards"("scope", "of", "span", "starts");

-- CreateIndex
CREATE INDEX "board_entries_board_id_shown_standing_user_id_idx" ON "board_entries"("board_id", "shown", "standing", "user_id");

-- CreateIndex
CREATE INDEX "board_entries_user_id_idx" ON "board_entries"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "shared_solutions_submission_id_key" ON "shared_solutions"("submission_id");

-- CreateIndex
CREATE INDEX "shared_solutions_exercise_program_hash_idx" ON "shared_solutions"("exercise", "program_hash");

-- CreateIndex
CREATE INDEX "solution_votes_exercise_program_hash_idx" ON "solution_votes"("exercise", "program_hash");

-- CreateIndex
CREATE UNIQUE INDEX "class_members_class_id_alias_key" ON "class_members"("class_id", "alias");

-- AddForeignKey
ALTER TABLE "score_gains" ADD CONSTRAINT "score_gains_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "boards" ADD CONSTRAINT "boards_class_id_fkey" FOREIGN KEY ("class_id") REFERENCES "classes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "boards" ADD CONSTRAINT "boards_section_id_fkey" FOREIGN KEY ("section_id") REFERENCES "class_sections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "boards" ADD CONSTRAINT "boards_set_id_fkey" FOREIGN KEY ("set_id") REFERENCES "problem_sets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "board_entries" ADD CONSTRAINT "board_entries_board_id_fkey" FOREIGN KEY ("board_id") REFERENCES "boards"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "board_entries" ADD CONSTRAINT "board_entries_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "board_buckets" ADD CONSTRAINT "board_buckets_board_id_fkey" FOREIGN KEY ("board_id") REFERENCES "boards"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shared_solutions" ADD CONSTRAINT "shared_solutions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shared_solutions" ADD CONSTRAINT "shared_solutions_submission_id_fkey" FOREIGN KEY ("submission_id") REFERENCES "submissions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "solution_votes" ADD CONSTRAINT "solution_votes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Rules that hold whatever the program does. prisma/schema.prisma cannot say them, so they stand only here.

ALTER TABLE "users"
  ADD CONSTRAINT "users_on_boards_under_a_handle" CHECK (NOT "on_boards" OR "handle" IS NOT NULL);

ALTER TABLE "classes"
  ADD CONSTRAINT "classes_board_top_positive" CHECK ("board_top" >= 1);

ALTER TABLE "class_members"
  ADD CONSTRAINT "class_members_alias_not_negative" CHECK ("alias" >= 0);

ALTER TABLE "score_gains"
  ADD CONSTRAINT "score_gains_points_positive" CHECK ("points" >= 1);

-- Of a board one thing is said: the class, the section or the set whose it is, or else a topic, or nothing for everyone.
ALTER TABLE "boards"
  ADD CONSTRAINT "boards_whose" CHECK (
    CASE "scope"
      WHEN 'everyone' THEN "of" = ''
      WHEN 'topic' THEN "of" <> '' AND "class_id" IS NULL
      ELSE "class_id" IS NOT NULL AND ("section_id" IS NOT NULL) = ("scope" = 'section') AND ("set_id" IS NOT NULL) = ("scope" = 'set')
        AND "of" = coalesce("set_id", "section_id", "class_id")::text
    END
  ),
  ADD CONSTRAINT "boards_start_of_span" CHECK (
    CASE "span"
      WHEN 'all' THEN "starts" = '1970-01-01'
      WHEN 'month' THEN extract(day FROM "starts") = 1
      ELSE extract(isodow FROM "starts") = 1
    END
  );

ALTER TABLE "board_entries"
  ADD CONSTRAINT "board_entries_standing_not_negative" CHECK ("standing" >= 0);

ALTER TABLE "board_buckets"
  ADD CONSTRAINT "board_buckets_entries_not_negative" CHECK ("entries" >= 0),
  ADD CONSTRAINT "board_buckets_low_not_negative" CHECK ("low" >= 0);

-- Counts of a few rows that change with every verdict: room beside them lets new versions stay on the same page.
ALTER TABLE "boards" SET (fillfactor = 50);
ALTER TABLE "board_buckets" SET (fillfactor = 50);

ALTER TABLE "shared_solutions"
  ADD CONSTRAINT "shared_solutions_length_positive" CHECK ("length" >= 1);
