import { parseArgs } from 'node:util'
import { newMigrationFolder } from '@/lib/db/migrate/new-folder'
import { schemaDiff } from '@/lib/db/migrate/schema-diff'
import { borrowDatabase } from './borrow-database'
import { runCli } from './run-cli'
import { readSettings } from './settings'

/*
 * npm run db:diff: prints as SQL what prisma/schema.prisma has and the migrations lack, and exits with 2 if there is
 * anything. `npm run db:diff -- --name <name>` writes it as a new migration folder instead. Only the server of the
 * database matters: the comparison happens in a scratch database beside it.
 */

await runCli(async () => {
  const { values } = parseArgs({ options: { name: { type: 'string' } } })
  const sql = await borrowDatabase(readSettings(), (url) => schemaDiff(url))
  if (sql === null) console.log('The migrations make exactly what prisma/schema.prisma says.')
  else if (values.name) console.log(`wrote ${await newMigrationFolder(values.name, sql)}; read it before it runs`)
  else console.log(sql)
  process.exit(sql === null || values.name ? 0 : 2)
})
