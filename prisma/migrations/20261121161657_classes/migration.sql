-- CreateEnum
CREATE TYPE "class_role" AS ENUM ('student', 'assistant', 'instructor');

-- CreateEnum
CREATE TYPE "reveal" AS ENUM ('now', 'after_due', 'never');

-- CreateEnum
CREATE TYPE "item_kind" AS ENUM ('required', 'optional', 'choice');

-- CreateTable
CREATE TABLE "classes" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "term" TEXT NOT NULL DEFAULT '',
    "time_zone" TEXT NOT NULL,
    "join_code" TEXT NOT NULL,
    "join_open" BOOLEAN NOT NULL DEFAULT true,
    "join_until" TIMESTAMPTZ(3),
    "grace_days" INTEGER NOT NULL DEFAULT 0,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "classes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "class_sections" (
    "id" UUID NOT NULL,
    "class_id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "class_sections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "class_members" (
    "class_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "class_role" NOT NULL,
    "name" TEXT,
    "external_id" TEXT,
    "section_id" UUID,
    "joined_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "class_members_pkey" PRIMARY KEY ("class_id","user_id")
);

-- CreateTable
CREATE TABLE "class_invitations" (
    "id" UUID NOT NULL,
    "class_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT,
    "external_id" TEXT,
    "section_id" UUID,
    "role" "class_role" NOT NULL DEFAULT 'student',
    "invited_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "class_invitations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "problem_sets" (
    "id" UUID NOT NULL,
    "class_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "intro" TEXT NOT NULL DEFAULT '',
    "opens_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "closes_at" TIMESTAMPTZ(3) NOT NULL,
    "late_policy" JSONB NOT NULL,
    "attempt_limit" INTEGER,
    "cool_down_seconds" INTEGER NOT NULL DEFAULT 0,
    "reveal" "reveal" NOT NULL DEFAULT 'now',
    "pick_count" INTEGER NOT NULL DEFAULT 0,
    "published_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "problem_sets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "problem_set_items" (
    "id" UUID NOT NULL,
    "set_id" UUID NOT NULL,
    "exercise" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "points" INTEGER NOT NULL,
    "kind" "item_kind" NOT NULL DEFAULT 'required',

    CONSTRAINT "problem_set_items_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "set_exceptions" (
    "id" UUID NOT NULL,
    "set_id" UUID NOT NULL,
    "user_id" UUID,
    "section_id" UUID,
    "due_at" TIMESTAMPTZ(3),
    "closes_at" TIMESTAMPTZ(3),
    "attempt_limit" INTEGER,
    "exempt" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "set_exceptions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mark_overrides" (
    "id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "mark" INTEGER,
    "reason" TEXT NOT NULL,
    "given_by" UUID,
    "given_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mark_overrides_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "comments" (
    "id" UUID NOT NULL,
    "class_id" UUID NOT NULL,
    "submission_id" UUID NOT NULL,
    "author_id" UUID,
    "line" INTEGER,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "edited_at" TIMESTAMPTZ(3),

    CONSTRAINT "comments_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "classes_join_code_key" ON "classes"("join_code");

-- CreateIndex
CREATE UNIQUE INDEX "class_sections_class_id_name_key" ON "class_sections"("class_id", "name");

-- CreateIndex
CREATE INDEX "class_members_user_id_idx" ON "class_members"("user_id");

-- CreateIndex
CREATE INDEX "class_members_section_id_idx" ON "class_members"("section_id");

-- CreateIndex
CREATE UNIQUE INDEX "class_members_class_id_external_id_key" ON "class_members"("class_id", "external_id");

-- CreateIndex
CREATE INDEX "class_invitations_email_idx" ON "class_invitations"("email");

-- CreateIndex
CREATE INDEX "class_invitations_section_id_idx" ON "class_invitations"("section_id");

-- CreateIndex
CREATE INDEX "class_invitations_invited_by_idx" ON "class_invitations"("invited_by");

-- CreateIndex
CREATE UNIQUE INDEX "class_invitations_class_id_email_key" ON "class_invitations"("class_id", "email");

-- CreateIndex
CREATE UNIQUE INDEX "class_invitations_class_id_external_id_key" ON "class_invitations"("class_id", "external_id");

-- CreateIndex
CREATE INDEX "problem_sets_class_id_due_at_idx" ON "problem_sets"("class_id", "due_at");

-- CreateIndex
CREATE INDEX "problem_set_items_exercise_idx" ON "problem_set_items"("exercise");

-- CreateIndex
CREATE UNIQUE INDEX "problem_set_items_set_id_exercise_key" ON "problem_set_items"("set_id", "exercise");

-- CreateIndex
CREATE INDEX "set_exceptions_user_id_idx" ON "set_exceptions"("user_id");

-- CreateIndex
CREATE INDEX "set_exceptions_section_id_idx" ON "set_exceptions"("section_id");

-- CreateIndex
CREATE UNIQUE INDEX "set_exceptions_set_id_user_id_key" ON "set_exceptions"("set_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "set_exceptions_set_id_section_id_key" ON "set_exceptions"("set_id", "section_id");

-- CreateIndex
CREATE INDEX "mark_overrides_item_id_user_id_id_idx" ON "mark_overrides"("item_id", "user_id", "id" DESC);

-- CreateIndex
CREATE INDEX "mark_overrides_user_id_idx" ON "mark_overrides"("user_id");

-- CreateIndex
CREATE INDEX "mark_overrides_given_by_idx" ON "mark_overrides"("given_by");

-- CreateIndex
CREATE INDEX "comments_submission_id_id_idx" ON "comments"("submission_id", "id");

-- CreateIndex
CREATE INDEX "comments_class_id_idx" ON "comments"("class_id");

-- CreateIndex
CREATE INDEX "comments_author_id_idx" ON "comments"("author_id");

-- AddForeignKey
ALTER TABLE "class_sections" ADD CONSTRAINT "class_sections_class_id_fkey" FOREIGN KEY ("class_id") REFERENCES "classes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "class_members" ADD CONSTRAINT "class_members_class_id_fkey" FOREIGN KEY ("class_id") REFERENCES "classes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "class_members" ADD CONSTRAINT "class_members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "class_members" ADD CONSTRAINT "class_members_section_id_fkey" FOREIGN KEY ("section_id") REFERENCES "class_sections"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "class_invitations" ADD CONSTRAINT "class_invitations_class_id_fkey" FOREIGN KEY ("class_id") REFERENCES "classes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "class_invitations" ADD CONSTRAINT "class_invitations_section_id_fkey" FOREIGN KEY ("section_id") REFERENCES "class_sections"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "class_invitations" ADD CONSTRAINT "class_invitations_invited_by_fkey" FOREIGN KEY ("invited_by") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "problem_sets" ADD CONSTRAINT "problem_sets_class_id_fkey" FOREIGN KEY ("class_id") REFERENCES "classes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "problem_set_items" ADD CONSTRAINT "problem_set_items_set_id_fkey" FOREIGN KEY ("set_id") REFERENCES "problem_sets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "set_exceptions" ADD CONSTRAINT "set_exceptions_set_id_fkey" FOREIGN KEY ("set_id") REFERENCES "problem_sets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "set_exceptions" ADD CONSTRAINT "set_exceptions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "set_exceptions" ADD CONSTRAINT "set_exceptions_section_id_fkey" FOREIGN KEY ("section_id") REFERENCES "class_sections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mark_overrides" ADD CONSTRAINT "mark_overrides_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "problem_set_items"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mark_overrides" ADD CONSTRAINT "mark_overrides_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mark_overrides" ADD CONSTRAINT "mark_overrides_given_by_fkey" FOREIGN KEY ("given_by") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_class_id_fkey" FOREIGN KEY ("class_id") REFERENCES "classes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_submission_id_fkey" FOREIGN KEY ("submission_id") REFERENCES "submissions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comments" ADD CONSTRAINT "comments_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Rules that hold whatever the program does. prisma/schema.prisma cannot say them, so they stand only here.

ALTER TABLE "classes"
  ADD CONSTRAINT "classes_named" CHECK ("name" <> ''),
  ADD CONSTRAINT "classes_grace_days_in_range" CHECK ("grace_days" BETWEEN 0 AND 100);

ALTER TABLE "class_sections" ADD CONSTRAINT "class_sections_named" CHECK ("name" <> '');

ALTER TABLE "class_invitations"
  ADD CONSTRAINT "class_invitations_email_lower_case" CHECK ("email" = lower("email") AND "email" <> '');

ALTER TABLE "problem_sets"
  ADD CONSTRAINT "problem_sets_named" CHECK ("title" <> ''),
  ADD CONSTRAINT "problem_sets_dates_in_order" CHECK ("opens_at" <= "due_at" AND "due_at" <= "closes_at"),
  ADD CONSTRAINT "problem_sets_attempt_limit_positive" CHECK ("attempt_limit" > 0),
  ADD CONSTRAINT "problem_sets_cool_down_not_negative" CHECK ("cool_down_seconds" >= 0),
  ADD CONSTRAINT "problem_sets_pick_count_not_negative" CHECK ("pick_count" >= 0);

ALTER TABLE "problem_set_items"
  ADD CONSTRAINT "problem_set_items_points_in_range" CHECK ("points" BETWEEN 0 AND 10000),
  ADD CONSTRAINT "problem_set_items_position_not_negative" CHECK ("position" >= 0),
  -- Deferred, so that two items can change places.
  ADD CONSTRAINT "problem_set_items_positions_differ" UNIQUE ("set_id", "position") DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE "set_exceptions"
  ADD CONSTRAINT "set_exceptions_for_one" CHECK (num_nonnulls("user_id", "section_id") = 1),
  ADD CONSTRAINT "set_exceptions_say_something"
    CHECK ("exempt" OR num_nonnulls("due_at", "closes_at", "attempt_limit") > 0),
  ADD CONSTRAINT "set_exceptions_dates_in_order" CHECK ("due_at" <= "closes_at"),
  ADD CONSTRAINT "set_exceptions_attempt_limit_positive" CHECK ("attempt_limit" > 0);

ALTER TABLE "mark_overrides" ADD CONSTRAINT "mark_overrides_mark_not_negative" CHECK ("mark" >= 0);

ALTER TABLE "comments"
  ADD CONSTRAINT "comments_say_something" CHECK ("body" <> ''),
  ADD CONSTRAINT "comments_lines_count_from_one" CHECK ("line" >= 1);
