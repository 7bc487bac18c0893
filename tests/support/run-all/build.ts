import { ensureBuilt } from '../built-site'

await ensureBuilt()
