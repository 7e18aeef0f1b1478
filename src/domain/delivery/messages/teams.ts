import type { Notice } from '../notice.ts'
import { cut } from './cut.ts'
import { type Message, jsonMessage } from './message.ts'

// https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook: 28 KB a message.
const MAX_TITLE = 500
const MAX_TEXT = 4_000
const MAX_EXCERPT = 3_000

/** An Adaptive Card for a workflow "when a Teams webhook request is received". */
export function teamsMessage(config: { url: string }, notice: Notice): Message {
  const { title, text, excerpt, link, mood } = notice
  const colour = { good: 'Good', bad: 'Attention', news: 'Default' }[mood]
  const body = [
    {
      type: 'TextBlock',
      text: escaped(cut(title, MAX_TITLE)),
      size: 'Medium',
      weight: 'Bolder',
      wrap: true,
      color: colour,
    },
    { type: 'TextBlock', text: lines(escaped(cut(text, MAX_TEXT))), wrap: true },
    ...(excerpt === '' ? [] : [monospace(excerpt)]),
  ]
  const card = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    body,
    ...(link !== undefined && { actions: [{ type: 'Action.OpenUrl', title: 'Show', url: link }] }),
  }
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content: card }
  return jsonMessage(config.url, { type: 'message', attachments: [attachment] })
}

/** The text of a RichTextBlock is taken as it is. */
function monospace(excerpt: string): object {
  const inlines = [{ type: 'TextRun', text: cut(excerpt, MAX_EXCERPT), fontType: 'Monospace' }]
  return { type: 'RichTextBlock', inlines }
}

/** A TextBlock knows a little Markdown, and dates as in {{DATE(…)}}. */
function escaped(text: string): string {
  return text.replaceAll(/([\\*_[\]()#~`>-])/g, '\\$1').replaceAll('{{', '{\u200b{')
}

function lines(text: string): string {
  return text.replaceAll('\n', '\n\n')
}
