import { describe, expect, it } from 'vitest'
import { isAgreed } from './licences.ts'
import { faultsOf } from './secrets.ts'

describe('licences', () => {
  const agreed = new Set(['MIT', 'Apache-2.0'])

  it.each([
    ['MIT', true],
    ['GPL-3.0-only', false],
    ['none', false],
    ['MIT OR GPL-3.0-only', true],
    ['(MIT OR CC0-1.0)', true],
    ['MIT AND GPL-3.0-only', false],
    ['MIT AND Apache-2.0', true],
  ])('%s: %s', (expression, verdict) => {
    expect(isAgreed(expression, agreed)).toBe(verdict)
  })
})

describe('secrets', () => {
  // Put together here, so that this file holds none.
  it.each([
    ['an AWS access key', `AKIA${'ABCDEFGH23456777'}`],
    ['a GitHub token', `ghp_${'a1'.repeat(18)}`],
    ['a private key', `-----BEGIN ${'PRIVATE'} KEY-----\n${'A'.repeat(64)}`],
    ['an API key of ours', `lps_${'aB3-'.repeat(10)}`],
    ['a JWT', ['eyJ' + 'a'.repeat(20), 'eyJ' + 'b'.repeat(30), 'c'.repeat(40)].join('.')],
  ])('%s is found, with its line', (what, text) => {
    expect(faultsOf('a.ts', `one\n${text}\n`)).toEqual([`a.ts:2: looks like ${what}`])
  })

  it('that only look like it from afar are left alone', () => {
    expect(faultsOf('a.ts', 'lps_0000000000000000 AKIA ghp_short -----BEGIN PUBLIC KEY-----')).toEqual([])
  })
})
