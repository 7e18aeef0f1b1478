import { describe, expect, it } from 'vitest'
import { GREETING, withoutGreeting } from '../../../../../src/storage/postgres/connection/greeting.ts'

const message = (type: string, body: Buffer = Buffer.alloc(0)) => {
  const bytes = Buffer.alloc(5 + body.length)
  bytes.write(type)
  bytes.writeInt32BE(4 + body.length, 1)
  bytes.set(body, 5)
  return bytes
}
const authentication = (code: number) => message('R', Buffer.from([0, 0, 0, code]))
const READY = message('Z', Buffer.from('I'))
const ANSWER = Buffer.concat([message('1'), message('2'), READY])
const THEIRS = Buffer.concat([authentication(0), message('S', Buffer.from('TimeZone\0UTC\0')), message('K'), READY])

// PostgreSQL documentation, "Message Flow", "Start-up".
describe("a server's greeting, for a client that was greeted before", () => {
  it('is left out, and what follows it is not', () => {
    const heard = withoutGreeting()
    expect(heard(THEIRS)).toHaveLength(0)
    expect(Buffer.from(heard(ANSWER))).toEqual(ANSWER)
  })

  it('is found wherever it is cut', () => {
    const sent = Buffer.concat([THEIRS, ANSWER])
    for (let at = 1; at < sent.length; at += 1) {
      const heard = withoutGreeting()
      expect(Buffer.concat([heard(sent.subarray(0, at)), heard(sent.subarray(at))])).toEqual(ANSWER)
    }
  })

  it('that is an error comes through', () => {
    const refusal = message('E', Buffer.from('SFATAL\0C3D000\0Mthere is no such database\0\0'))
    expect(Buffer.from(withoutGreeting()(refusal))).toEqual(refusal)
  })

  it('that asks for a password is an error, which says so', () => {
    expect(() => withoutGreeting()(authentication(10))).toThrow('wants a password')
  })

  it('is what the client was told before', () => {
    expect(Buffer.from(GREETING)).toEqual(Buffer.concat([authentication(0), READY]))
  })
})
