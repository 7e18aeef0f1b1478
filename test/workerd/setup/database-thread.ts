// An in-memory PostgreSQL behind a socket; posts its port when it takes connections.
import { type AddressInfo, createServer } from 'node:net'
import { parentPort } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { postgresDoor } from '../../../containers/selfhost/database/postgres-door.ts'

const database = await PGlite.create()
const door = postgresDoor(
  {
    run: (bytes, answer) => database.runExclusive(() => database.execProtocolRawStream(bytes, { onRawData: answer })),
    isInTransaction: () => database.isInTransaction(),
  },
  (error) => {
    throw error
  },
)
const server = createServer(door)
server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port))
