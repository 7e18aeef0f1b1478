import type { Notice } from '../notice.ts'
import { cut, cutBytes } from './cut.ts'
import { type Message, jsonMessage } from './message.ts'

// https://docs.ntfy.sh/publish/#limitations: longer than 4,096 bytes becomes an attachment.
const MAX_MESSAGE_BYTES = 4_000
const MAX_TITLE = 250

const CLOUD = 'https://ntfy.sh'
const TAGS = { good: ['white_check_mark'], bad: ['warning'], news: ['mag'] } as const

export interface NtfyConfig {
  topic: string
  /** A server of one's own. */
  url?: string | undefined
  token?: string | undefined
  priority?: number | undefined
}

/** Published as JSON, to the root of the server: a title in a header could not have other letters than ASCII's. */
export function ntfyMessage({ topic, url = CLOUD, token, priority }: NtfyConfig, notice: Notice): Message {
  const { title, text, excerpt, link, mood } = notice
  const message = [text, excerpt].filter((part) => part !== '').join('\n\n')
  const body = {
    topic,
    title: cut(title, MAX_TITLE),
    message: cutBytes(message, MAX_MESSAGE_BYTES),
    tags: TAGS[mood],
    ...(priority !== undefined && { priority }),
    ...(link !== undefined && { click: link }),
  }
  return jsonMessage(url, body, token === undefined ? {} : { authorization: `Bearer ${token}` })
}
