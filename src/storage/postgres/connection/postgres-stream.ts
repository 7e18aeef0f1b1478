import { EventEmitter } from 'node:events'
import type { Duplex } from 'node:stream'
import { concatenated } from '../../../domain/archive/concatenated.ts'
import { GREETING, withoutGreeting } from './greeting.ts'

/** What is used of a socket of `cloudflare:sockets`; what is written before it is connected waits in it. */
interface TcpSocket {
  readable: ReadableStream<Uint8Array>
  writable: WritableStream<Uint8Array>
  closed: Promise<unknown>
  close(): Promise<void>
}

export type Connect = (address: { hostname: string; port: number }) => TcpSocket

interface Wishes {
  /**
   * The server lets us in unasked, so the first query need not wait for its greeting: connecting, greeting and answer are
   * one trip, and not three. Each trip waits for its turn in a Worker that is busy.
   */
  isTrusted: boolean
}

/** The stream under `pg`'s client: the messages of a query leave in one write, where it says `cork`. */
export function postgresStream(connect: Connect, wishes: Wishes): Duplex {
  // Of a Duplex, pg uses what is here.
  return new PostgresStream(connect, wishes) as unknown as Duplex
}

class PostgresStream extends EventEmitter {
  readonly #connect: Connect
  readonly #isTrusted: boolean
  #socket: TcpSocket | undefined
  #writer: WritableStreamDefaultWriter<Uint8Array> | undefined
  #held: Uint8Array[] | undefined
  #isGreeted = false
  writable = false

  constructor(connect: Connect, { isTrusted }: Wishes) {
    super()
    this.#connect = connect
    this.#isTrusted = isTrusted
  }

  setNoDelay(): this {
    return this
  }

  connect(port: number, hostname: string): void {
    const socket = this.#connect({ hostname, port })
    this.#socket = socket
    this.#writer = socket.writable.getWriter()
    this.writable = true
    const fail = (error: unknown): void => {
      this.emit('error', error)
    }
    void this.#read(socket.readable.getReader()).catch(fail)
    socket.closed.then(() => this.emit('close'), fail)
    queueMicrotask(() => this.emit('connect'))
  }

  async #read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
    const heard = this.#isTrusted ? withoutGreeting() : (chunk: Uint8Array) => chunk
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const bytes = heard(next.value)
      if (bytes.byteLength > 0) this.emit('data', asBuffer(bytes))
    }
  }

  cork(): void {
    this.#held = []
  }

  uncork(): void {
    const held = this.#held
    this.#held = undefined
    if (held) this.write(concatenated(held))
  }

  write(bytes: Uint8Array): boolean {
    if (this.#held) {
      this.#held.push(bytes)
      return true
    }
    this.#writer?.write(bytes).catch((error: unknown) => this.emit('error', error))
    if (this.#isTrusted && !this.#isGreeted) this.#greet()
    return true
  }

  /** After the startup message, which is the first one. */
  #greet(): void {
    this.#isGreeted = true
    queueMicrotask(() => this.emit('data', asBuffer(GREETING)))
  }

  end(): this {
    return this.destroy()
  }

  destroy(error?: Error): this {
    this.writable = false
    if (error) this.emit('error', error)
    this.#socket?.close().catch(() => undefined)
    return this
  }
}

// The Workers' own types have it as `any`.
const { from } = Buffer as BufferConstructor

/** As pg reads it: a view, not a copy. */
function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return from(buffer, byteOffset, byteLength)
}
