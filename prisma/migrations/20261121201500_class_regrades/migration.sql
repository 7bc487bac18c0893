-- AlterTable
ALTER TABLE "regrades" ADD COLUMN     "class_id" UUID;

-- CreateIndex
CREATE INDEX "regrades_class_id_idx" ON "regrades"("class_id");

-- AddForeignKey
ALTER TABLE "regrades" ADD CONSTRAINT "regrades_class_id_fkey" FOREIGN KEY ("class_id") REFERENCES "classes"("id") ON DELETE SET NULL ON UPDATE CASCADE;
