import { expect, it } from 'vitest'
import type { Platform } from '../../../../src/flows/platform.ts'
import { register } from '../../../../src/flows/identity/sign-in.ts'

it('a platform that takes no new accounts refuses them before it asks anything', async () => {
  const closed = { isRegistrationOpen: false } as Platform
  const wanted = { email: 'ada@example.test', password: 'violet kettle 52' }
  await expect(register(closed, wanted, '198.18.0.1')).rejects.toMatchObject({
    status: 403,
    code: 'registration_closed',
  })
})
