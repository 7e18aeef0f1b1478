import type { Mail, SendMail } from '../contracts/mail.ts'
import { addressOf, base64, mailMessage } from './mail-message.ts'
import { type Conversation, type TcpSocket, converse } from './smtp-conversation.ts'

export type Connect = (
  address: { hostname: string; port: number },
  options: { secureTransport: 'on' | 'starttls' },
) => TcpSocket

export interface MailServer {
  hostname: string
  port: number
  /** TLS from the first byte; else by STARTTLS, where the server offers it. */
  isTls: boolean
  login: { username: string; password: string } | undefined
  /** As in `Lapis Spider <lapis@example.com>`. */
  from: string
}

const SECURE_PORT = 465
const SUBMISSION_PORT = 587
const TIMEOUT_MS = 30_000

/** `smtps://user:password@host:465` (TLS) or `smtp://user:password@host:587` (STARTTLS); undefined for anything else. */
export function mailServerOf(url: string, from: string): MailServer | undefined {
  const parsed = URL.parse(url)
  if (!parsed || !/^smtps?:$/.test(parsed.protocol) || parsed.hostname === '') return undefined
  const isTls = parsed.protocol === 'smtps:'
  const { username, password } = parsed
  return {
    hostname: parsed.hostname,
    port: Number(parsed.port) || (isTls ? SECURE_PORT : SUBMISSION_PORT),
    isTls,
    login: username ? { username: decodeURIComponent(username), password: decodeURIComponent(password) } : undefined,
    from,
  }
}

/** One connection for a letter: those that we send are few. */
export function smtpMailer(server: MailServer, connect: Connect): SendMail {
  return async (mail) => {
    const { hostname, port, isTls } = server
    const socket = connect({ hostname, port }, { secureTransport: isTls ? 'on' : 'starttls' })
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the mail server takes too long')), TIMEOUT_MS)
    })
    try {
      await Promise.race([deliver(server, socket, mail), late])
    } finally {
      clearTimeout(timer)
      // It may be closed, or the failed one itself; that is said already.
      socket.close().catch(() => undefined)
    }
  }
}

async function deliver(server: MailServer, socket: TcpSocket, mail: Mail): Promise<void> {
  const sender = addressOf(server.from)
  const domain = sender.split('@')[1] ?? 'localhost'
  const { smtp, offers } = await greeted(server, socket, domain)
  if (server.login) await logIn(smtp, server.login, offers)
  const message = mailMessage(mail, {
    from: server.from,
    messageId: `${crypto.randomUUID()}@${domain}`,
    at: new Date(),
  })
  await smtp.say(`MAIL FROM:<${sender}>`, 250)
  await smtp.say(`RCPT TO:<${addressOf(mail.to)}>`, 250)
  await smtp.say('DATA', 354)
  await smtp.say(`${message}.`, 250)
  // Taken is taken, whether or not the server says goodbye.
  await smtp.say('QUIT', 221).catch(() => undefined)
}

/** After EHLO, under TLS wherever the server can. A password goes over no open line but one that stays on this machine. */
async function greeted(
  { isTls, login, hostname }: MailServer,
  socket: TcpSocket,
  domain: string,
): Promise<{ smtp: Conversation; offers: string[] }> {
  const smtp = converse(socket)
  await smtp.expect(220)
  const offers = await smtp.say(`EHLO ${domain}`, 250)
  if (isTls) return { smtp, offers }
  if (offers.some((offer) => /^STARTTLS\b/i.test(offer))) {
    await smtp.say('STARTTLS', 220)
    smtp.release()
    const secure = converse(socket.startTls())
    return { smtp: secure, offers: await secure.say(`EHLO ${domain}`, 250) }
  }
  if (login && !/^(?:localhost|127\.[\d.]+|\[::1\])$/.test(hostname))
    throw new Error('the mail server offers no TLS; the password is not sent in the open')
  return { smtp, offers }
}

/** RFC 4954 with PLAIN (RFC 4616), or LOGIN where the server has only that. */
async function logIn(
  smtp: Conversation,
  { username, password }: { username: string; password: string },
  offers: readonly string[],
): Promise<void> {
  const ways = offers.find((offer) => /^AUTH\b/i.test(offer))?.toUpperCase() ?? ''
  if (ways.includes('LOGIN') && !ways.includes('PLAIN')) {
    await smtp.say('AUTH LOGIN', 334)
    await smtp.say(base64(username), 334)
    await smtp.say(base64(password), 235)
    return
  }
  await smtp.say(`AUTH PLAIN ${base64(`\0${username}\0${password}`)}`, 235)
}
