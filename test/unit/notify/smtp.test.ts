import { afterEach, describe, expect, it } from 'vitest'
import { addressOf, mailMessage } from '../../../src/notify/mail-message.ts'
import { mailServerOf, smtpMailer } from '../../../src/notify/smtp.ts'
import { type MailServerPlan, type StandInMailServer, connectWithNode, openMailServer } from './stand-in-mail-server.ts'

const FROM = 'Lapis Spider <lapis@example.test>'
const MAIL = { to: 'ada@example.test', subject: 'Hello', text: 'One line.\n.\nAnother — ünïcödé.\n' }

let open: StandInMailServer | undefined

afterEach(() => open?.close())

async function sent(plan: MailServerPlan, login = ''): Promise<StandInMailServer> {
  open = await openMailServer(plan)
  const server = mailServerOf(`smtp://${login}127.0.0.1:${open.port}`, FROM)
  if (!server) throw new Error('not a mail server')
  await smtpMailer(server, connectWithNode)(MAIL)
  return open
}

describe('a letter by SMTP', () => {
  it('arrives as it was written, from and to the bare addresses', async () => {
    const { commands, messages } = await sent({})
    expect(commands).toEqual([
      'EHLO example.test',
      'MAIL FROM:<lapis@example.test>',
      'RCPT TO:<ada@example.test>',
      'DATA',
      'QUIT',
    ])
    const [headers = '', body = ''] = (messages[0] ?? '').split('\r\n\r\n')
    expect(headers).toContain(`From: ${FROM}\r\nTo: ada@example.test\r\nSubject: Hello\r\n`)
    expect(headers).toMatch(/^Date: \w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} \+0000$/m)
    expect(Buffer.from(body, 'base64').toString()).toBe(MAIL.text)
  })

  it('goes under TLS where the server offers it, with nothing but EHLO before', async () => {
    const { commands } = await sent({ offers: ['STARTTLS', 'AUTH PLAIN LOGIN'] }, 'ada%40x:p%3Aw@')
    expect(commands.slice(0, 4)).toEqual([
      'EHLO example.test',
      'STARTTLS',
      'tls EHLO example.test',
      `tls AUTH PLAIN ${Buffer.from('\0ada@x\0p:w').toString('base64')}`,
    ])
    expect(commands.slice(2).every((command) => command.startsWith('tls '))).toBe(true)
  })

  it.each([
    ['AUTH', '535 no', '535 no'],
    ['RCPT', '550 no such mailbox', '550 no such mailbox'],
    ['DATA', '452 later', '452 later'],
  ])('fails with the words of the server when it answers %s with %s', async (command, answer, words) => {
    await expect(sent({ answers: { [command]: answer } }, 'u:p@')).rejects.toThrow(words)
    expect(open?.messages).toEqual([])
  })

  it('does not go out with a password in the open, but on this machine', async () => {
    open = await openMailServer()
    const { port } = open
    const server = mailServerOf(`smtp://u:p@mail.example.test:${port}`, FROM)
    if (!server) throw new Error('not a mail server')
    const send = smtpMailer(server, (_, options) => connectWithNode({ hostname: '127.0.0.1', port }, options))
    await expect(send(MAIL)).rejects.toThrow('no TLS')
    expect(open.commands).toEqual(['EHLO example.test'])
  })
})

describe('mailServerOf', () => {
  it.each([
    ['smtp://mail.example.test', { port: 587, isTls: false, login: undefined }],
    ['smtps://u:p@mail.example.test', { port: 465, isTls: true, login: { username: 'u', password: 'p' } }],
    ['smtp://mail.example.test:2525', { port: 2525, isTls: false }],
  ])('reads %s', (url, server) => {
    expect(mailServerOf(url, FROM)).toMatchObject({ hostname: 'mail.example.test', from: FROM, ...server })
  })

  it.each(['mail.example.test', 'https://mail.example.test', 'smtp:///', ''])('refuses "%s"', (url) => {
    expect(mailServerOf(url, FROM)).toBeUndefined()
  })
})

describe('mailMessage', () => {
  const sender = { from: FROM, messageId: 'id@example.test', at: new Date(0) }

  it('writes a subject of any script in words of at most 75 characters (RFC 2047 §2)', () => {
    const subject = 'Пароль для вашей учётной записи в Lapis Spider 🕷'
    const message = mailMessage({ ...MAIL, subject }, sender)
    const words = message.match(/=\?UTF-8\?B\?[^?]+\?=/g) ?? []
    for (const word of words) expect(word.length).toBeLessThanOrEqual(75)
    const decoded = words.map((word) => Buffer.from(word.slice(10, -2), 'base64').toString())
    expect(decoded.join('')).toBe(subject)
  })

  it('has no line of more than 78 characters, and none that is a dot', () => {
    const lines = mailMessage({ ...MAIL, text: `${'x'.repeat(5_000)}\n.\n` }, sender).split('\r\n')
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(78)
    expect(lines).not.toContain('.')
  })

  it('has its text twice where there is HTML, and says how to get off the list', () => {
    const leave = 'https://lapis.example/v1/unsubscribe?token=a.b'
    const message = mailMessage({ ...MAIL, html: '<p>Grüße</p>', unsubscribeUrl: leave }, sender)
    expect(message).toContain(
      `\r\nList-Unsubscribe: <${leave}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n`,
    )
    const [, boundary = ''] = /multipart\/alternative; boundary="([^"]+)"/.exec(message) ?? []
    const [, plain = '', html = '', end] = message.split(`--${boundary}`)
    const read = (part: string) => Buffer.from(part.split('\r\n\r\n')[1] ?? '', 'base64').toString()
    expect([plain, html].map((part) => /Content-Type: ([^;]+)/.exec(part)?.[1])).toEqual(['text/plain', 'text/html'])
    expect([read(plain), read(html), end]).toEqual([MAIL.text, '<p>Grüße</p>', '--\r\n'])
    expect(() => mailMessage({ ...MAIL, unsubscribeUrl: 'https://x\r\nBcc: c@d.test' }, sender)).toThrow('line breaks')
  })

  it('lets nobody add a header', () => {
    expect(() => mailMessage({ ...MAIL, to: 'a@b.test\r\nBcc: c@d.test' }, sender)).toThrow('line breaks')
    expect(() => addressOf('a@b.test>\r\nRCPT TO:<c@d.test')).toThrow('line breaks')
    expect(mailMessage({ ...MAIL, subject: 'a\r\nBcc: c@d.test' }, sender)).not.toMatch(/^Bcc/m)
  })
})
