import { createHmac, timingSafeEqual } from 'node:crypto'
import { inTransaction } from '../../storage/postgres/database.ts'
import { changeChannel, lockAnyChannel } from '../../storage/postgres/channels.ts'
import type { Platform } from '../platform.ts'
import { invalid } from '../problem.ts'

export interface Subscription {
  channelId: string
  address: string
}

/** Where an address gets off a channel's list by one click (RFC 8058); undefined where the operator keeps no secrets. */
export async function unsubscribeUrl(platform: Platform, subscription: Subscription): Promise<string | undefined> {
  const [secret] = platform.tokenSecrets
  if (secret === undefined) return undefined
  return `${platform.publicUrl}/v1/unsubscribe?${new URLSearchParams({ token: tokenOf(secret, subscription) })}`
}

/** Takes the address off the list; the last one pauses the channel. Again, it changes nothing. */
export async function unsubscribe(platform: Platform, token: string): Promise<void> {
  const { channelId, address } = subscriptionOf(platform.tokenSecrets, token)
  await inTransaction(await platform.database(), async (tx) => {
    const channel = await lockAnyChannel(tx, channelId)
    if (!channel || channel.type !== 'email') return
    const { to } = channel.config as { to: string[] }
    const left = to.filter((each) => each !== address)
    if (left.length > 0) await changeChannel(tx, channelId, { config: { ...channel.config, to: left } })
    else await changeChannel(tx, channelId, { enabled: false })
  })
}

function tokenOf(secret: string, { channelId, address }: Subscription): string {
  const said = base64url(`${channelId} ${address}`)
  return `${said}.${signatureOf(secret, said)}`
}

function subscriptionOf(secrets: readonly string[], token: string): Subscription {
  const [said = '', signature = ''] = token.split('.')
  const isOurs = secrets.some((secret) => isSame(signatureOf(secret, said), signature))
  if (!isOurs) throw invalid([{ path: 'token', message: 'is not of a link of ours' }])
  const [channelId = '', address = ''] = textOf(said).split(' ')
  return { channelId, address }
}

function signatureOf(secret: string, said: string): string {
  return createHmac('sha256', secret).update(`lapis-spider unsubscribe ${said}`).digest('base64url')
}

function isSame(a: string, b: string): boolean {
  const [one, other] = [new TextEncoder().encode(a), new TextEncoder().encode(b)]
  return one.length === other.length && timingSafeEqual(one, other)
}

function base64url(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function textOf(encoded: string): string {
  const bytes = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'))
  return new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)))
}
