import type { Notice } from '../notice.ts'
import { cut } from './cut.ts'
import { type Message, jsonMessage } from './message.ts'

// https://core.telegram.org/bots/api#sendmessage: 4,096 characters after the markup is read.
const MAX_TITLE = 300
const MAX_TEXT = 1_700
const MAX_EXCERPT = 1_900

const CLOUD = 'https://api.telegram.org'

export interface TelegramConfig {
  botToken: string
  chatId: string | number
  /** A Bot API server of one's own. */
  apiUrl?: string | undefined
}

export function telegramMessage({ botToken, chatId, apiUrl = CLOUD }: TelegramConfig, notice: Notice): Message {
  const { title, text, excerpt, link } = notice
  const parts = [
    `<b>${escaped(cut(title, MAX_TITLE))}</b>`,
    escaped(cut(text, MAX_TEXT)),
    ...(excerpt === '' ? [] : [`<pre>${escaped(cut(excerpt, MAX_EXCERPT))}</pre>`]),
    ...(link === undefined ? [] : [`<a href="${escaped(link)}">Show</a>`]),
  ]
  return jsonMessage(`${apiUrl.replace(/\/$/, '')}/bot${botToken}/sendMessage`, {
    chat_id: chatId,
    text: parts.join('\n'),
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
  })
}

/** https://core.telegram.org/bots/api#html-style */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
