import { parseArgs } from 'node:util'
import { databaseUrl } from '../connection'
import { newMigrationFolder } from './new-folder'
import { schemaDiff } from './schema-diff'

/*
 * npm run db:diff: prints as SQL what prisma/schema.prisma has and the migrations lack, and exits with 2 if there is
 * anything. `npm run db:diff -- --name <name>` writes it as a new migration folder instead. Needs DATABASE_URL only
 * for its server: the comparison happens in a scratch database beside it.
 */

const { values } = parseArgs({ options: { name: { type: 'string' } } })

try {
  const sql = await schemaDiff(databaseUrl())
  if (sql === null) console.log('The migrations make exactly what prisma/schema.prisma says.')
  else if (values.name) console.log(`wrote ${await newMigrationFolder(values.name, sql)}; read it before it runs`)
  else {
    console.log(sql)
    process.exitCode = 2
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
process.exit()
