import type { SendMail } from '../src/flows/platform.ts'
import type { Config } from './config.ts'
import { log } from './log.ts'

let hasSaidSo = false

/** How e-mail is sent: not at all so far. */
export function mailerOf(): SendMail | undefined {
  return undefined
}

/** Once in an isolate, and not before somebody has asked for what needs e-mail. */
export function sayThatMailIsOff({ smtpUrl }: Config): void {
  if (hasSaidSo) return
  hasSaidSo = true
  const reason =
    smtpUrl === undefined ? 'LAPIS_SMTP_URL is not set' : 'this version can not send through LAPIS_SMTP_URL'
  log('warn', `no e-mail is sent: ${reason}`)
}
