import type { Notice } from '../notice.ts'
import { cut } from './cut.ts'
import { type Message, jsonMessage } from './message.ts'

// https://docs.discord.com/developers/resources/message#embed-object-embed-limits: title 256, description 4,096, 6,000 in all.
const MAX_TITLE = 256
const MAX_TEXT = 1_500
const MAX_EXCERPT = 2_000
const MAX_DESCRIPTION = 4_096

const COLOURS = { good: 0x2e_a0_43, bad: 0xd7_3a_49, news: 0x26_61_9c } as const

export function discordMessage(config: { url: string }, notice: Notice): Message {
  const { title, text, excerpt, link, mood, at } = notice
  const description = [escaped(cut(text, MAX_TEXT)), fenced(excerpt)].filter((part) => part !== '').join('\n')
  return jsonMessage(config.url, {
    embeds: [
      {
        title: cut(escaped(title), MAX_TITLE),
        description: description.length > MAX_DESCRIPTION ? escaped(cut(text, MAX_TEXT)) : description,
        color: COLOURS[mood],
        timestamp: at,
        ...(link !== undefined && { url: link }),
      },
    ],
    // A page that says @everyone calls nobody.
    allowed_mentions: { parse: [] },
  })
}

/** Markdown of Discord: a backslash takes a mark its meaning. */
function escaped(text: string): string {
  return text.replaceAll(/([\\*_~`|>#[\]()<-])/g, '\\$1')
}

function fenced(text: string): string {
  return text === '' ? '' : `\`\`\`diff\n${cut(text, MAX_EXCERPT).replaceAll('```', "'''")}\n\`\`\``
}
