import { connect } from 'cloudflare:sockets'
import type { SendMail } from '../src/contracts/mail.ts'
import { type Connect, type MailServer, smtpMailer } from '../src/notify/smtp.ts'
import { log } from './log.ts'

let hasSaidSo = false

const throughWorkerd: Connect = (address, options) => connect(address, { ...options, allowHalfOpen: false })

/** How e-mail is sent, or undefined where the operator has not said how. */
export function mailerOf(server: MailServer | undefined): SendMail | undefined {
  return server && smtpMailer(server, throughWorkerd)
}

/** Once in an isolate, and not before somebody has asked for what needs e-mail. */
export function sayThatMailIsOff(): void {
  if (hasSaidSo) return
  hasSaidSo = true
  log('warn', 'no e-mail is sent: LAPIS_SMTP_URL is not set')
}
