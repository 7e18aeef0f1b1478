import type { ChannelType } from '../../contracts/api/channel.ts'
import type { Platform } from '../platform.ts'
import { seal, unseal } from '../secrets/sealing.ts'

/** What of a channel's configuration nobody may read: these URLs and tokens let whoever has them send in its name. */
const SECRET_FIELDS: Record<ChannelType, readonly string[]> = {
  webhook: ['headers'],
  email: [],
  slack: ['url'],
  discord: ['url'],
  teams: ['url'],
  telegram: ['botToken'],
  ntfy: ['token'],
}

export interface ChannelSecrets {
  /** Fields of `config`. */
  config: Record<string, unknown>
  /** Of a webhook, the newest first; the others are on their way out. */
  signing: { secret: string; until: string | null }[]
}

const NO_SECRETS: ChannelSecrets = { config: {}, signing: [] }

/** A configuration as it is kept: what may be read, and what may not. */
export function parted(
  type: ChannelType,
  config: Record<string, unknown>,
): { shown: Record<string, unknown>; secret: Record<string, unknown> } {
  const isSecret = ([name]: [string, unknown]) => SECRET_FIELDS[type].includes(name)
  const fields = Object.entries(config)
  return {
    shown: Object.fromEntries(fields.filter((field) => !isSecret(field))),
    secret: Object.fromEntries(fields.filter(isSecret)),
  }
}

/** Sealed for this channel alone; null where there is nothing to hide. */
export async function sealSecrets(
  platform: Platform,
  channelId: string,
  secrets: ChannelSecrets,
): Promise<string | null> {
  if (Object.keys(secrets.config).length === 0 && secrets.signing.length === 0) return null
  return seal(platform.encryptionSecrets, contextOfChannel(channelId), JSON.stringify(secrets))
}

export async function openSecrets(
  platform: Platform,
  channel: { id: string; sealed: string | null },
): Promise<ChannelSecrets> {
  if (channel.sealed === null) return NO_SECRETS
  return JSON.parse(
    await unseal(platform.encryptionSecrets, contextOfChannel(channel.id), channel.sealed),
  ) as ChannelSecrets
}

/** The names of what is hidden. Where the operator has lost the key, they are all that can be said. */
export async function secretFields(
  platform: Platform,
  channel: { id: string; type: ChannelType; sealed: string | null },
): Promise<string[]> {
  const opened = await openSecrets(platform, channel).catch(() => undefined)
  return opened ? Object.keys(opened.config) : [...SECRET_FIELDS[channel.type]]
}

/** What deliveries are signed with at that moment. */
export function signingSecrets({ signing }: ChannelSecrets, now: Date): string[] {
  return signing.filter(({ until }) => until === null || new Date(until) > now).map(({ secret }) => secret)
}

/** What a channel's secrets are bound to. */
export function contextOfChannel(channelId: string): string {
  return `channel ${channelId}`
}
