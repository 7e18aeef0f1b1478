import type { Socket } from 'node:net'
import { concatenated } from '../../../src/domain/archive/concatenated.ts'
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
/** Rows of a crawl, some pages at a time; what somebody waits for at the API is shorter. */
const BULK_BYTES = 8_000

/**
 * Lets many clients share one session. A client has the turn from the first message of a series to the ReadyForQuery
 * that answers it, and as long as its transaction is open: messages of two clients never mix, and an unnamed statement
 * parsed by one is never executed by another. The session greets each kind of client once; then the door does.
 */
export function postgresDoor(session: PostgresSession, onBroken: (error: unknown) => void): (socket: Socket) => void {
  const order = turns()
  const greetings: Greetings = new Map()
  return (socket) => {
    const client = new Client({ session, order, greetings }, socket)
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

/** What the session said to a startup message, by its text. A Worker's clients all send the same. */
type Greetings = Map<string, Uint8Array>

const MOST_GREETINGS = 16
/** ReadyForQuery, with which a greeting ends; an error doesn't. */
const READY_FOR_QUERY = 0x5a
const READY_BYTES = 6

interface Shared {
  session: PostgresSession
  order: Turns
  greetings: Greetings
}

class Client {
  readonly #session: PostgresSession
  readonly #order: Turns
  readonly #greetings: Greetings
  readonly #socket: Socket
  #midSeries = false
  #idle: NodeJS.Timeout | undefined

  constructor({ session, order, greetings }: Shared, socket: Socket) {
    this.#session = session
    this.#order = order
    this.#greetings = greetings
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
      case 'startup':
        return this.#greet(frontend.bytes)
      case 'series':
        return this.#run(frontend)
    }
  }

  async #greet(bytes: Uint8Array): Promise<void> {
    const wanted = new TextDecoder('latin1').decode(bytes)
    const known = this.#greetings.get(wanted)
    if (known) return this.#say(known)
    const said: Uint8Array[] = []
    await this.#run({ bytes, endsTurn: true }, (answer) => said.push(answer))
    const greeting = concatenated(said)
    if (this.#greetings.size < MOST_GREETINGS && greeting.at(-READY_BYTES) === READY_FOR_QUERY)
      this.#greetings.set(wanted, greeting)
  }

  async #run({ bytes, endsTurn }: Series, heard?: (answer: Uint8Array) => void): Promise<void> {
    clearTimeout(this.#idle)
    if (!(await this.#order.take(this, bytes.byteLength > BULK_BYTES))) return
    this.#midSeries = !endsTurn
    await this.#session.run(bytes, (view) => {
      // PGlite's own memory, which its next answer overwrites; a socket may still hold it by then.
      const answer = view.slice()
      heard?.(answer)
      this.#say(answer)
    })
    if (endsTurn && !this.#session.isInTransaction()) this.#order.pass(this)
    else this.#idle = setTimeout(() => this.#socket.destroy(), IDLE_IN_TRANSACTION_MS)
  }

  #say(answer: Uint8Array): void {
    if (this.#socket.writable) this.#socket.write(answer)
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
