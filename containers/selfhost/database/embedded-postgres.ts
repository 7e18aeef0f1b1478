// The embedded PostgreSQL, a process of its own: `embedded-postgres.ts <data directory> <socket path>`.
// It says "ready" on stdout, and closes its database when stdin ends: its starter may be gone without a word.
import { existsSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { postgresDoor } from './postgres-door.ts'

const MOST_CONNECTIONS = 256
/** Making a new cluster leaves a gigabyte resident; whoever started us starts us again for a lean process. */
const EXIT_CREATED = 64

const [dataDirectory, socketPath] = process.argv.slice(2)
if (!dataDirectory || !socketPath) throw new Error('usage: embedded-postgres.ts <data directory> <socket path>')

const isNew = !existsSync(join(dataDirectory, 'PG_VERSION'))
// PGlite's default of 128 MB of shared buffers is resident memory for a database that fits in the page cache.
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB']
const database = await PGlite.create({ dataDir: dataDirectory, startParams })
if (isNew) {
  await database.close()
  process.exit(EXIT_CREATED)
}

const door = postgresDoor(
  {
    run: (bytes, answer) => database.runExclusive(() => database.execProtocolRawStream(bytes, { onRawData: answer })),
    isInTransaction: () => database.isInTransaction(),
  },
  (error) => {
    console.error(`embedded database: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(1)
  },
)
const server = createServer(door)
server.maxConnections = MOST_CONNECTIONS
rmSync(socketPath, { force: true })
server.listen(socketPath, () => console.log('ready'))

let closing = false
const close = async (): Promise<void> => {
  if (closing) return
  closing = true
  server.close()
  await database.close()
  rmSync(socketPath, { force: true })
  process.exit(0)
}
process.stdin
  .resume()
  .on('end', () => void close())
  .on('error', () => void close())
process.on('SIGTERM', () => void close())
process.on('SIGINT', () => undefined)
