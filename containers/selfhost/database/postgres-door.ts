import type { Socket } from 'node:net'
import { type Frontend, type Series, frontendReader } from './frontend-messages.ts'
import { type Turns, turns } from './turns.ts'

/** The one session behind the door, as PGlite offers it. */
export interface PostgresSession {
  run(bytes: Uint8Array, answer: (bytes: Uint8Array) => void): Promise<void>
  isInTransaction(): boolean
}

/** A client that is silent inside a transaction keeps everybody else waiting; PostgreSQL's idle_in_transaction_session_timeout. */
const IDLE_IN_TRANSACTION_MS = 30_000
const SYNC = Uint8Array.of(0x53, 0, 0, 0, 4)
const ROLLBACK = Uint8Array.of(0x51, 0, 0, 0, 13, ...new TextEncoder().encode('ROLLBACK'), 0)
const NO_TLS = 'N'

/**
 * Lets many clients share one session. A client has the turn from the first message of a series to the ReadyForQuery
 * that answers it, and as long as its transaction is open: messages of two clients never mix, and an unnamed statement
 * parsed by one is never executed by another.
 */
export function postgresDoor(session: PostgresSession, onBroken: (error: unknown) => void): (socket: Socket) => void {
  const order = turns()
  return (socket) => {
    const client = new Client(session, order, socket)
    const read = frontendReader()
    let work = Promise.resolve()
    const enqueue = (step: () => Promise<void>): void => {
      work = work.then(step).catch((error: unknown) => {
        socket.destroy()
        onBroken(error)
      })
    }
    socket.setNoDelay(true)
    socket.on('data', (chunk) => {
      for (const frontend of readOr(socket, () => read(chunk))) enqueue(() => client.handle(frontend))
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      order.leave(client)
      enqueue(() => client.end())
    })
  }
}

/** What is no PostgreSQL protocol at all costs the client its connection, and nobody else anything. */
function readOr(socket: Socket, read: () => Frontend[]): Frontend[] {
  try {
    return read()
  } catch {
    socket.destroy()
    return []
  }
}

class Client {
  readonly #session: PostgresSession
  readonly #order: Turns
  readonly #socket: Socket
  #midSeries = false
  #idle: NodeJS.Timeout | undefined

  constructor(session: PostgresSession, order: Turns, socket: Socket) {
    this.#session = session
    this.#order = order
    this.#socket = socket
  }

  async handle(frontend: Frontend): Promise<void> {
    if (this.#socket.destroyed) return
    switch (frontend.kind) {
      case 'tls-request':
        this.#socket.write(NO_TLS)
        return
      case 'cancel-request':
      case 'terminate':
        this.#socket.end()
        return
      case 'series':
        return this.#run(frontend)
    }
  }

  async #run({ bytes, endsTurn }: Series): Promise<void> {
    clearTimeout(this.#idle)
    if (!(await this.#order.take(this))) return
    this.#midSeries = !endsTurn
    await this.#session.run(bytes, (answer) => {
      // A view of PGlite's own memory, which its next answer overwrites; a socket may still hold it by then.
      if (this.#socket.writable) this.#socket.write(answer.slice())
    })
    if (endsTurn && !this.#session.isInTransaction()) this.#order.pass(this)
    else this.#idle = setTimeout(() => this.#socket.destroy(), IDLE_IN_TRANSACTION_MS)
  }

  /** After the client's last message: what it left open is undone. */
  async end(): Promise<void> {
    clearTimeout(this.#idle)
    if (!this.#order.holds(this)) return
    if (this.#midSeries) await this.#session.run(SYNC, () => undefined)
    if (this.#session.isInTransaction()) await this.#session.run(ROLLBACK, () => undefined)
    this.#order.pass(this)
  }
}
