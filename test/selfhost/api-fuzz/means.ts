import type { LaunchedPlatform } from '../launched-platform.ts'
import { changeOn } from './changed-page.ts'
import type { Means } from './requests.ts'

interface SignedIn {
  accessToken: string
  user: { id: string }
}

/** A platform with something of each kind in it, credentials of every sort, and none that opens the owner's own key. */
export async function meansOf(platform: LaunchedPlatform): Promise<Means> {
  const registration = { email: 'fuzz@example.test', password: 'violet kettle 52 harbour' }
  const person = await platform.json<SignedIn>('POST', '/v1/auth/register', registration)
  const stranger = await platform.json<{ key: string }>('POST', '/v1/keys', { name: 'Reader', scopes: ['crawls:read'] })
  const spare = await platform.json<{ id: string }>('POST', '/v1/keys', { name: 'Spare' })
  const crawls: string[] = []
  while (crawls.length < 8)
    crawls.push((await platform.json<{ id: string }>('POST', '/v1/crawls', { url: 'http://127.0.0.1:9/' })).id)
  const invitation = await platform.json<{ id: string }>('POST', '/v1/invitations', { email: 'guest@example.test' })
  const { id: channel } = await platform.json<{ id: string }>('POST', '/v1/channels', {
    type: 'webhook',
    name: 'Nobody there',
    config: { url: 'http://127.0.0.1:59999/' },
  })
  const { id: monitor } = await platform.json<{ id: string }>('POST', '/v1/monitors', {
    name: 'Not looked at',
    url: 'http://127.0.0.1:9/',
    schedule: { every: '1d' },
    enabled: false,
  })
  const change = await changeOn(platform)
  return {
    credentials: [
      ...Array.from({ length: 8 }, () => `Bearer ${platform.key}`),
      `Bearer ${person.accessToken}`,
      `Bearer ${stranger.key}`,
      'Bearer lps_0000000000000000',
      'Bearer a.b.c',
      'Basic dTpw',
      'Bearer',
    ],
    ids: {
      '/v1/crawls/': crawls,
      '/v1/batches/': crawls,
      '/v1/keys/': [spare.id],
      '/v1/members/': [person.user.id],
      '/v1/invitations/': [invitation.id],
      '/v1/channels/': [channel],
      '/v1/monitors/': [monitor],
      '/v1/changes/': [change],
    },
  }
}
