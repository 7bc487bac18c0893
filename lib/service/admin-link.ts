import { closeDatabase } from '@/lib/db/client'
import { createAdminClaim, needsAdmin } from '@/lib/learn/admin-claim'
import { findDatabase } from './database'
import { runCli } from './run-cli'
import { childEnvironment, readSettings } from './settings'
import { siteUrl } from './site-url'

/*
 * npm run admin:link: while nobody is admin, prints a link with which one account becomes admin. `npm start` runs it by
 * itself; an operator who starts the processes in some other way runs it by hand.
 */

await runCli(async () => {
  const settings = readSettings()
  const databaseUrl = await findDatabase(settings)
  Object.assign(process.env, childEnvironment(settings, databaseUrl))
  if (await needsAdmin()) {
    const token = await createAdminClaim()
    console.log('There is no admin account yet. Whoever opens this link first makes one; it works once, for a day:')
    console.log(`  ${siteUrl(settings)}/claim?token=${token}`)
  } else if (!process.connected) {
    console.log('There is an admin account already. Admins make others admin on the page of the person.')
  }
  await closeDatabase()
  process.exit(0)
})
