import { describe, expect, it } from 'vitest'
import { passwordWeakness } from '../../../../src/domain/identity/password.ts'

const EMAIL = 'ada.lovelace@example.com'

describe('passwordWeakness', () => {
  it.each([
    'kettle 52',
    'Password123!',
    '!!password!!',
    '1234567890',
    '0987654321',
    'qwertyuiop',
    'poiuytrewq',
    '1q2w3e4r5t',
    'aaaaaaaaaa',
    'abababababab',
    'Ada.Lovelace@Example.com',
    'ada.lovelace1815',
    'Summer2026!',
  ])('finds "%s" weak', (password) => {
    expect(passwordWeakness(password, EMAIL)).toMatch(/^It /)
  })

  it.each(['violet kettle 52', 'x9$Kp2!vQz', 'パスワード長い文です。', 'password of a lighthouse'])(
    'has nothing against "%s"',
    (password) => {
      expect(passwordWeakness(password, EMAIL)).toBeUndefined()
    },
  )
})
