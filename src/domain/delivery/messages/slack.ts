import type { Notice } from '../notice.ts'
import { cut } from './cut.ts'
import { type Message, jsonMessage } from './message.ts'

// https://docs.slack.dev/reference/block-kit/blocks: header 150 characters, text of a section 3,000.
const MAX_HEADER = 150
const MAX_SECTION = 3_000

/** What comes from pages stands in blocks of plain text only: Slack has no escape for its marks, and mentions would call people. */
export function slackMessage(config: { url: string }, notice: Notice): Message {
  const { title, text, excerpt, link } = notice
  const blocks = [
    { type: 'header', text: plain(title, MAX_HEADER) },
    { type: 'section', text: plain(text, MAX_SECTION) },
    ...(excerpt === '' ? [] : [preformatted(excerpt)]),
    ...(link === undefined ? [] : [linked(link)]),
  ]
  // What notifications and screen readers get.
  const summary = escaped(cut(title, MAX_HEADER))
  return jsonMessage(config.url, { text: summary, mrkdwn: false, blocks, unfurl_links: false, unfurl_media: false })
}

function plain(text: string, limit: number): object {
  return { type: 'plain_text', text: cut(text, limit) || '–', emoji: false }
}

function preformatted(excerpt: string): object {
  const lines = { type: 'rich_text_preformatted', elements: [{ type: 'text', text: cut(excerpt, MAX_SECTION) }] }
  return { type: 'rich_text', elements: [lines] }
}

function linked(link: string): object {
  const target = escaped(link).replaceAll('|', '%7C')
  return { type: 'context', elements: [{ type: 'mrkdwn', text: `<${target}|Show>`, verbatim: true }] }
}

/** https://docs.slack.dev/messaging/formatting-message-text: these three, and no others, are entities. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
