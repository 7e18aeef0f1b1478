import { expect, it } from 'vitest'
import { looksLikeLogout } from '../../../../src/domain/url/logout.ts'

it.each([
  '/logout',
  '/users/sign_out',
  '/log-off',
  '/account/signout?next=/',
  '/?action=logout',
  '/index.php?do=log_out&x=1',
  '/logout.php',
])('%s ends a session', (path) => {
  expect(looksLikeLogout(`https://example.com${path}`)).toBe(true)
})

it.each(['/', '/blog/outdoor', '/catalog/out', '/blog-out-of-office', '/signs/outdoor', '/how-to-logout-everywhere'])(
  '%s does not',
  (path) => {
    expect(looksLikeLogout(`https://example.com${path}`)).toBe(false)
  },
)
