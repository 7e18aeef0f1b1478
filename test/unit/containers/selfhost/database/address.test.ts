import { describe, expect, it } from 'vitest'
import { databaseAddress, embeddedAddress } from '../../../../../containers/selfhost/database/address.ts'

describe('DATABASE_URL', () => {
  it('is taken apart, with what is encoded left encoded: workerd puts it into a URL again', () => {
    expect(databaseAddress('postgres://us%40er:p%2Fw@db.example:6543/name')).toMatchObject({
      external: 'db.example:6543',
      user: 'us%40er',
      password: 'p%2Fw',
      database: 'name',
    })
  })

  it.each([
    ['no port', 'postgres://u@db/name', 'db:5432'],
    ['IPv6', 'postgres://u@[::1]:5432/name', '[::1]:5432'],
    ['a Unix socket, in the way of libpq', 'postgres://u@localhost/name?host=/run/pg', 'unix:/run/pg/.s.PGSQL.5432'],
  ])('with %s', (_, url, external) => expect(databaseAddress(url).external).toBe(external))

  it('that asks for TLS, which workerd cannot negotiate, is refused rather than connected in the clear', () => {
    expect(() => databaseAddress('postgres://u@db/name?sslmode=require')).toThrow(/sslmode=require/)
  })

  it('of the embedded database is its socket', () => {
    expect(embeddedAddress('/tmp/a b').external).toBe('unix:/tmp/a b/.s.PGSQL.5432')
  })
})
