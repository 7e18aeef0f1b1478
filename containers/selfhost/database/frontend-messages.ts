import { concatenated } from '../../../src/domain/archive/concatenated.ts'

/** One or more protocol messages that are run together. */
export interface Series {
  bytes: Uint8Array
  /** The last message makes the server answer ReadyForQuery: whoever sent it may lose the turn after that. */
  endsTurn: boolean
}

export type Frontend =
  | { kind: 'tls-request' }
  | { kind: 'cancel-request' }
  | { kind: 'terminate' }
  /** Who the client is, and what it wants of its session: its first message. */
  | { kind: 'startup'; bytes: Uint8Array }
  | ({ kind: 'series' } & Series)

// PostgreSQL, Frontend/Backend Protocol, "Message Formats": codes of the messages that have no type byte.
const SSL_REQUEST = 80_877_103
const GSSENC_REQUEST = 80_877_104
const CANCEL_REQUEST = 80_877_102
const LONGEST_MESSAGE_BYTES = 256 * 1024 * 1024

const QUERY = 0x51
const SYNC = 0x53
const FLUSH = 0x48
const FUNCTION_CALL = 0x46
const TERMINATE = 0x58

/**
 * Cuts what a client sends into series. Parse, Bind and Execute are held back until the Sync or Flush that follows, so
 * that a client that dies between them has not occupied anything.
 */
export function frontendReader(): (chunk: Uint8Array) => Frontend[] {
  let rest = new Uint8Array()
  let held: Uint8Array[] = []
  let started = false

  const closeSeries = (endsTurn: boolean): Frontend => {
    const bytes = concatenated(held)
    held = []
    return { kind: 'series', bytes, endsTurn }
  }
  const takeUntyped = (message: Uint8Array): Frontend => {
    const code = int32(message, 4)
    if (code === SSL_REQUEST || code === GSSENC_REQUEST) return { kind: 'tls-request' }
    if (code === CANCEL_REQUEST) return { kind: 'cancel-request' }
    started = true
    return { kind: 'startup', bytes: message }
  }
  const takeTyped = (message: Uint8Array): Frontend | undefined => {
    const type = message[0]
    if (type === TERMINATE) return { kind: 'terminate' }
    held.push(message)
    if (type === FLUSH) return closeSeries(false)
    return type === QUERY || type === SYNC || type === FUNCTION_CALL ? closeSeries(true) : undefined
  }
  return (chunk) => {
    rest = concatenated([rest, chunk])
    const found: Frontend[] = []
    for (;;) {
      const length = messageLength(rest, started)
      if (length === undefined || rest.byteLength < length) return found
      const message = rest.slice(0, length)
      rest = rest.slice(length)
      const frontend = started ? takeTyped(message) : takeUntyped(message)
      if (frontend) found.push(frontend)
    }
  }
}

/** Undefined while the length itself has not arrived. The length field counts itself, but not the type byte. */
function messageLength(bytes: Uint8Array, typed: boolean): number | undefined {
  const at = typed ? 1 : 0
  if (bytes.byteLength < at + 4) return undefined
  const length = int32(bytes, at)
  if (length < (typed ? 4 : 8) || length > LONGEST_MESSAGE_BYTES) throw new Error(`a message of ${length} bytes`)
  return at + length
}

function int32(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getInt32(at)
}
