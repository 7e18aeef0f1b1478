import { describe, expect, it } from 'vitest'
import { digestOf } from '../../../../src/domain/delivery/digest.ts'
import { cut, cutBytes } from '../../../../src/domain/delivery/messages/cut.ts'
import { discordMessage } from '../../../../src/domain/delivery/messages/discord.ts'
import { emailMessage } from '../../../../src/domain/delivery/messages/email.ts'
import { ntfyMessage } from '../../../../src/domain/delivery/messages/ntfy.ts'
import { slackMessage } from '../../../../src/domain/delivery/messages/slack.ts'
import { teamsMessage } from '../../../../src/domain/delivery/messages/teams.ts'
import { telegramMessage } from '../../../../src/domain/delivery/messages/telegram.ts'
import { type Notice, noticeOf } from '../../../../src/domain/delivery/notice.ts'
import type { OutgoingEvent } from '../../../../src/domain/delivery/outgoing-event.ts'
import { templated, unknownTokens } from '../../../../src/domain/delivery/template.ts'

const HOSTILE = '<script>alert("1")</script> & @everyone <!channel> *bold* [a](http://x) ``` {{url}}'

const event: OutgoingEvent = {
  id: '01937f3e-7a4c-7cc1-9a52-0c1f4d1e2b3a',
  at: '2026-11-24T12:00:00.000Z',
  type: 'monitor.changed',
  data: {
    monitorId: '01937f3e-7a4c-7cc1-9a52-0c1f4d1e2b3b',
    monitor: { name: HOSTILE, url: 'https://shop.example/tea?a=1&b=2' },
    change: {
      id: '01937f3e-7a4c-7cc1-9a52-0c1f4d1e2b3c',
      at: '2026-11-24T12:00:00.000Z',
      summary: { added: 2, removed: 1, changedRatio: 0.25 },
      diffUrl: '/v1/changes/01937f3e-7a4c-7cc1-9a52-0c1f4d1e2b3c',
      excerpt: `-$90.00\n+${HOSTILE}`,
    },
  },
}
const notice = noticeOf(event, 'https://lapis.example')
const endless: Notice = { ...notice, title: '&'.repeat(9_000), text: '<'.repeat(9_000), excerpt: '"`'.repeat(9_000) }
const url = 'https://hooks.example/secret'

describe('an alert', () => {
  it('says what has changed, by how much, and where to see it', () => {
    expect(notice).toMatchObject({
      title: `Changed: ${HOSTILE}`,
      text: 'https://shop.example/tea?a=1&b=2: 2 added, 1 removed (25 % of the text).',
      link: 'https://lapis.example/v1/changes/01937f3e-7a4c-7cc1-9a52-0c1f4d1e2b3c',
    })
  })
})

describe('a digest', () => {
  it('says how much there is of what, and each thing with a way to read on', () => {
    const { id, at, ...changed } = event
    const late = {
      type: 'monitor.late' as const,
      data: { monitorId: id, monitor: { name: 'Tea', url: 'https://shop.example/' }, dueAt: at, lateMs: 60_000 },
    }
    const gathered = [
      { id, at, ...changed },
      { id: 'other', at, ...late },
    ]
    const data = digestOf({ id: 'channel', name: 'Desk' }, gathered, 3)
    const words = noticeOf({ id: 'digest', at, type: 'monitor.digest', data }, 'https://lapis.example')
    expect(words).toMatchObject({ title: '1 changed, 1 late: Desk', mood: 'bad' })
    const [period, first, second, rest] = words.text.split('\n\n')
    expect(period).toBe(`From ${at} to ${at}.`)
    expect(first).toBe([notice.title, notice.text, notice.link].join('\n'))
    expect(second).toContain('Late: Tea')
    expect(rest).toBe('3 more follow.')
  })
})

// Acceptance case 43.
describe('a template (43)', () => {
  it.each([
    ['{{name}} is {{ changed }} new at {{url}}', []],
    ['no token', []],
    ['{{nmae}} and {{monitor.name}}', ['nmae', 'monitor.name']],
    ['{{constructor}}', ['constructor']],
    ['{{}}', ['']],
    ['{{name', ['{{ without }}']],
  ])('%s: what is unknown in it', (template, unknown) => {
    expect(unknownTokens(template)).toEqual(unknown)
  })

  it('puts values in once: what a page says is no template', () => {
    const own = templated(notice, { title: '{{name}}', text: '{{excerpt}} at {{url}}: {{added}}/{{removed}}' })
    expect(own.title).toBe(HOSTILE)
    expect(own.text).toBe(`${notice.excerpt} at https://shop.example/tea?a=1&b=2: 2/1`)
    expect(own.excerpt).toBe('')
    expect(templated(notice, null)).toBe(notice)
  })
})

// Page text is escaped in each channel in its own way: acceptance case 43.
describe('page text (43)', () => {
  it('is plain text in Slack, where no mention and no mark counts', () => {
    const body = JSON.parse(slackMessage({ url }, notice).body) as {
      text: string
      mrkdwn: boolean
      blocks: { type: string; text?: { type: string; text: string } }[]
    }
    const types = body.blocks.map((block) => block.text?.type ?? block.type)
    expect(types).toEqual(['plain_text', 'plain_text', 'rich_text', 'context'])
    expect(body.mrkdwn).toBe(false)
    expect(body.text).not.toMatch(/<|>|&(?!amp;|lt;|gt;)/)
  })

  it('calls nobody in Discord and has no marks there', () => {
    const body = JSON.parse(discordMessage({ url }, notice).body) as {
      allowed_mentions: object
      embeds: { title: string; description: string }[]
    }
    expect(body.allowed_mentions).toEqual({ parse: [] })
    expect(body.embeds[0]?.title).toContain('\\*bold\\*')
    // Its own fence, and none of the page's.
    expect(body.embeds[0]?.description.match(/```/g)).toHaveLength(2)
  })

  it('is HTML in Telegram and e-mail, with not one element of the page', () => {
    const telegram = JSON.parse(telegramMessage({ botToken: '1:a', chatId: 1 }, notice).body) as { text: string }
    expect(telegram.text.replaceAll(/<\/?(?:b|pre|a)(?: href="[^"<>]*")?>/g, '')).not.toMatch(/[<>"]/)
    const { html, text, subject } = emailMessage(notice, 'https://lapis.example/v1/unsubscribe?token=a&b')
    expect(html).not.toMatch(/<script|<!channel/)
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)')
    expect(html).toContain('token=a&amp;b')
    expect(text).toContain('<script>alert("1")</script>')
    expect(subject).toBe(notice.title)
  })

  it('has no links, marks and dates of its own in Teams', () => {
    const { attachments } = JSON.parse(teamsMessage({ url }, notice).body) as {
      attachments: { contentType: string; content: { body: { type: string; text?: string }[] } }[]
    }
    expect(attachments[0]?.contentType).toBe('application/vnd.microsoft.card.adaptive')
    const [title, , excerpt] = attachments[0]?.content.body ?? []
    expect(title?.text).toContain('\\[a\\]\\(http://x\\)')
    expect(title?.text).not.toContain('{{')
    expect(excerpt?.type).toBe('RichTextBlock')
  })
})

describe('the limits of each service', () => {
  it('Slack: header 150, text of a block 3,000 characters', () => {
    const { blocks } = JSON.parse(slackMessage({ url }, endless).body) as { blocks: { text?: { text: string } }[] }
    expect(blocks.map(({ text }) => text?.text.length)).toEqual([150, 3_000, undefined, undefined])
  })

  it('Discord: title 256, description 4,096, 6,000 characters in all', () => {
    const { embeds } = JSON.parse(discordMessage({ url }, endless).body) as {
      embeds: { title: string; description: string }[]
    }
    const [title = 0, description = 0] = [embeds[0]?.title.length, embeds[0]?.description.length]
    expect([title <= 256, description <= 4_096, title + description <= 6_000]).toEqual([true, true, true])
  })

  it('Telegram: 4,096 characters after the markup is read', () => {
    const { text } = JSON.parse(telegramMessage({ botToken: '1:a', chatId: 1 }, endless).body) as { text: string }
    const read = text.replaceAll(/<[^>]+>/g, '').replaceAll(/&\w+;/g, '?')
    expect(read.length).toBeLessThanOrEqual(4_096)
  })

  it('Teams: 28 KB a message', () => {
    expect(new TextEncoder().encode(teamsMessage({ url }, endless).body).length).toBeLessThanOrEqual(28_000)
  })

  it('ntfy: 4,096 bytes, its server, its token', () => {
    const message = ntfyMessage(
      { topic: 'tea', token: 'tk_1', url: 'https://ntfy.example' },
      { ...endless, text: 'ü'.repeat(9_000) },
    )
    const body = JSON.parse(message.body) as { message: string; topic: string }
    expect(new TextEncoder().encode(body.message).length).toBeLessThanOrEqual(4_096)
    expect(body.topic).toBe('tea')
    expect(message).toMatchObject({ url: 'https://ntfy.example', headers: { authorization: 'Bearer tk_1' } })
    expect(ntfyMessage({ topic: 'tea' }, notice).url).toBe('https://ntfy.sh')
  })

  it('what is cut is cut between characters', () => {
    expect(cut('👨‍👩‍👧👨‍👩‍👧', 10)).toBe('👨‍👩‍👧…')
    expect(cut('short', 10)).toBe('short')
    expect(cutBytes('ääää', 7)).toBe('ää…')
  })
})
