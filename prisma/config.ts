import path from 'node:path'
import { defineConfig } from 'prisma/config'

/*
 * For operators who use Prisma's own command line (`npx prisma migrate status --config prisma/config.ts`). The project
 * itself does not need it: `npm run db:migrate` applies the same folders.
 */
export default defineConfig({
  schema: path.join(import.meta.dirname, 'schema.prisma'),
  migrations: { path: path.join(import.meta.dirname, 'migrations') },
  datasource: { url: process.env.DATABASE_URL ?? '' },
})
