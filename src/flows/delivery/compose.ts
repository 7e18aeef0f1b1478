import type { ChannelConfigs } from '../../contracts/api/channel.ts'
import { discordMessage } from '../../domain/delivery/messages/discord.ts'
import { type EmailMessage, emailMessage } from '../../domain/delivery/messages/email.ts'
import { type Message, jsonMessage } from '../../domain/delivery/messages/message.ts'
import { ntfyMessage } from '../../domain/delivery/messages/ntfy.ts'
import { slackMessage } from '../../domain/delivery/messages/slack.ts'
import { teamsMessage } from '../../domain/delivery/messages/teams.ts'
import { telegramMessage } from '../../domain/delivery/messages/telegram.ts'
import { type Notice, noticeOf } from '../../domain/delivery/notice.ts'
import type { OutgoingEvent } from '../../domain/delivery/outgoing-event.ts'
import { templated } from '../../domain/delivery/template.ts'
import { webhookHeaders } from '../../notify/standard-webhooks.ts'
import type { ChannelRow, EventRow } from '../../storage/postgres/delivery-tables.ts'
import type { Platform } from '../platform.ts'
import { openSecrets, signingSecrets } from './channel-secrets.ts'
import { unsubscribeUrl } from './unsubscribe.ts'

/** What is to be sent, rendered for this channel and this attempt alone. */
export type Composed =
  | { kind: 'post'; message: Message }
  | { kind: 'mail'; letters: { to: string; message: EmailMessage; unsubscribeUrl: string | undefined }[] }

export async function compose(platform: Platform, channel: ChannelRow, event: EventRow): Promise<Composed> {
  const secrets = await openSecrets(platform, channel)
  const config = { ...channel.config, ...secrets.config }
  if (channel.type === 'webhook') {
    const { url, headers = {} } = config as ChannelConfigs['webhook']
    const body = { type: event.type, timestamp: event.at.toISOString(), data: event.data }
    const message = jsonMessage(url, body, headers)
    const content = { id: event.id, timestamp: Math.floor(platform.now().getTime() / 1_000), body: message.body }
    const identifying = await webhookHeaders(content, signingSecrets(secrets, platform.now()))
    return { kind: 'post', message: { ...message, headers: { ...message.headers, ...identifying } } }
  }
  const plain = noticeOf(happened(event), platform.publicUrl)
  // Words for one alert fit none that tells of many.
  const notice = event.type === 'monitor.digest' ? plain : templated(plain, channel.template)
  if (channel.type === 'email') return letters(platform, channel, config as ChannelConfigs['email'], notice)
  return { kind: 'post', message: chatMessage(channel.type, config, notice) }
}

/** Written by `announce`, whose callers give each type its own data. */
function happened({ id, at, type, data }: EventRow): OutgoingEvent {
  return { id, at: at.toISOString(), type, data } as unknown as OutgoingEvent
}

type ChatType = Exclude<ChannelRow['type'], 'webhook' | 'email'>

function chatMessage(type: ChatType, config: Record<string, unknown>, notice: Notice): Message {
  switch (type) {
    case 'slack':
      return slackMessage(config as ChannelConfigs['slack'], notice)
    case 'discord':
      return discordMessage(config as ChannelConfigs['discord'], notice)
    case 'teams':
      return teamsMessage(config as ChannelConfigs['teams'], notice)
    case 'telegram':
      return telegramMessage(config as ChannelConfigs['telegram'], notice)
    case 'ntfy':
      return ntfyMessage(config as ChannelConfigs['ntfy'], notice)
  }
}

/** To each their own letter: nobody sees who else gets it, and each has a way out of their own. */
async function letters(
  platform: Platform,
  channel: ChannelRow,
  { to }: ChannelConfigs['email'],
  notice: Notice,
): Promise<Composed> {
  const written = to.map(async (address) => {
    const leave = await unsubscribeUrl(platform, { channelId: channel.id, address })
    return { to: address, message: emailMessage(notice, leave), unsubscribeUrl: leave }
  })
  return { kind: 'mail', letters: await Promise.all(written) }
}
