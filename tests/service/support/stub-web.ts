import '@/lib/service/follow-parent'
import { createServer } from 'node:http'

/* Stands for the web process where only the supervisor is looked at: it answers, and stops when it is asked to. */

const server = createServer((_, response) => response.end(JSON.stringify({ pid: process.pid })))
server.listen(Number(process.env.PORT), process.env.HOST)
process.on('SIGTERM', () => process.exit(0))
