import { describe, expect, it } from 'vitest'
import { frontendReader } from '../../../../../containers/selfhost/database/frontend-messages.ts'

const message = (type: string, body = '') => {
  const bytes = Buffer.alloc(5 + body.length)
  bytes.write(type)
  bytes.writeInt32BE(4 + body.length, 1)
  bytes.write(body, 5)
  return bytes
}
const untyped = (code: number, body = '') => {
  const bytes = Buffer.alloc(8 + body.length)
  bytes.writeInt32BE(8 + body.length, 0)
  bytes.writeInt32BE(code, 4)
  bytes.write(body, 8)
  return bytes
}
const STARTUP = untyped(196_608, 'user\0me\0\0')
const TLS_REQUEST = untyped(80_877_103)
const started = () => {
  const read = frontendReader()
  read(STARTUP)
  return read
}

// PostgreSQL documentation, "Message Flow" and "Message Formats".
describe('what a client sends', () => {
  it('may ask for TLS before it starts', () => {
    expect(frontendReader()(Buffer.concat([TLS_REQUEST, STARTUP])).map(({ kind }) => kind)).toEqual([
      'tls-request',
      'startup',
    ])
  })

  it('is held back until the Sync, and then run as one', () => {
    const read = started()
    expect(read(message('P', 'x'))).toEqual([])
    expect(read(message('B', 'y'))).toEqual([])
    const sent = Buffer.concat([message('P', 'x'), message('B', 'y'), message('S')])
    expect(read(message('S'))).toEqual([{ kind: 'series', bytes: new Uint8Array(sent), endsTurn: true }])
  })

  it('goes out at a Flush without ending the turn', () => {
    expect(started()(Buffer.concat([message('P'), message('H')]))).toMatchObject([{ endsTurn: false }])
  })

  it('may be several queries at once', () => {
    expect(
      started()(Buffer.concat([message('Q', 'a'), message('Q', 'b'), message('X')])).map(({ kind }) => kind),
    ).toEqual(['series', 'series', 'terminate'])
  })

  it('may arrive byte by byte', () => {
    const read = frontendReader()
    const found = [...Buffer.concat([STARTUP, message('Q', 'select 1')])].flatMap((byte) => read(Uint8Array.of(byte)))
    expect(found.map(({ kind }) => kind)).toEqual(['startup', 'series'])
  })

  it('is refused when it is no protocol at all', () => {
    expect(() => frontendReader()(Buffer.from('GET / HTTP/1.1\r\n\r\n'))).toThrow(/bytes/)
  })
})
