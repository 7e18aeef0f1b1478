import { DrizzleQueryError } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { toldFault } from '../../../../src/storage/postgres/told-fault.ts'

it('a query that failed is told without its parameters, and with its reason', () => {
  const parameters = ['ada@example.com', 'scrypt$hash\n    of two lines']
  const cause = new Error('canceling statement due to statement timeout')
  const told = toldFault(new DrizzleQueryError('INSERT INTO users VALUES ($1, $2)', parameters, cause))
  expect(told.error).toBe('Error: canceling statement due to statement timeout, in: INSERT INTO users VALUES ($1, $2)')
  expect(told.stack).toMatch(/^ {4}at .+told-fault\.test\.ts/)
  expect(JSON.stringify(told)).not.toMatch(/ada@|scrypt|two lines/)
})

it('other faults are told whole', () => {
  const fault = new TypeError('no such thing')
  expect(toldFault(fault)).toEqual({ error: 'TypeError: no such thing', stack: fault.stack })
  expect(toldFault('thrown')).toEqual({ error: 'thrown' })
})
