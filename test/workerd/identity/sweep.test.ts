import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { sweep } from '../../../workers/cron/sweep.ts'
import { platformOf } from '../../../workers/platform.ts'
import { query } from './query.ts'
import { newAddress, newPerson, post } from './sign-in.ts'

it('the sweep drops what is over: expired sign-ins, old addresses, old attempts; and nothing else', async () => {
  const [gone, here] = [await newPerson(), await newPerson()]
  await post('/v1/auth/login', { email: gone.user.email, password: 'wrong' }, newAddress())
  await query(
    `UPDATE refresh_tokens t SET expires_at = now() - interval '1 second'
     FROM refresh_families f WHERE f.id = t.family_id AND f.user_id = $1`,
    [gone.user.id],
  )
  await query(`UPDATE known_addresses SET seen_at = now() - interval '91 days' WHERE user_id = $1`, [gone.user.id])
  await query(`UPDATE login_attempts SET since = now() - interval '61 minutes'`)
  await sweep(platformOf(env))
  expect(await query('SELECT user_id FROM refresh_families WHERE user_id IN ($1, $2)', ids(gone, here))).toEqual([
    { user_id: here.user.id },
  ])
  expect(await query('SELECT user_id FROM known_addresses WHERE user_id IN ($1, $2)', ids(gone, here))).toEqual([
    { user_id: here.user.id },
  ])
  expect(await query(`SELECT 1 FROM login_attempts WHERE since < now() - interval '60 minutes'`)).toEqual([])
})

it('a duty that fails keeps none of the others from being done', async () => {
  const here = await newPerson()
  await query(`UPDATE known_addresses SET seen_at = now() - interval '91 days' WHERE user_id = $1`, [here.user.id])
  const queueDeliveries = () => Promise.reject(new Error('the queue is away'))
  await sweep({ ...platformOf(env), queueDeliveries })
  expect(await query('SELECT 1 FROM known_addresses WHERE user_id = $1', [here.user.id])).toEqual([])
})

function ids(...people: { user: { id: string } }[]): string[] {
  return people.map(({ user }) => user.id)
}
