import { concatenated } from '../../../domain/archive/concatenated.ts'

// PostgreSQL, Frontend/Backend Protocol, "Message Formats": a type byte, and a length that counts itself.
const AUTHENTICATION = 0x52
const ERROR_RESPONSE = 0x45
const READY_FOR_QUERY = 0x5a
const HEADER_BYTES = 5
const AUTHENTICATION_OK = 0

/** AuthenticationOk and ReadyForQuery (idle): all that a client waits for before it asks. */
export const GREETING = Uint8Array.of(AUTHENTICATION, 0, 0, 0, 8, 0, 0, 0, 0, READY_FOR_QUERY, 0, 0, 0, 5, 0x49)

/**
 * Takes the server's own greeting out of what it sends, for a client that was greeted before: returns what follows
 * ReadyForQuery. An error in its place comes through. Throws when the server asks who we are.
 */
export function withoutGreeting(): (chunk: Uint8Array) => Uint8Array {
  let rest = new Uint8Array()
  let isOver = false
  return (chunk) => {
    if (isOver) return chunk
    rest = concatenated([rest, chunk])
    while (rest.byteLength >= HEADER_BYTES && !isOver) {
      const view = new DataView(rest.buffer, rest.byteOffset, rest.byteLength)
      const type = rest[0]
      const length = 1 + view.getInt32(1)
      isOver = type === ERROR_RESPONSE
      if (isOver || rest.byteLength < length) break
      if (type === AUTHENTICATION && view.getInt32(HEADER_BYTES) !== AUTHENTICATION_OK)
        throw new Error('The database wants a password, and its address has none.')
      isOver = type === READY_FOR_QUERY
      rest = rest.slice(length)
    }
    return isOver ? rest : new Uint8Array()
  }
}
