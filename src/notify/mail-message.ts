import type { Mail } from '../contracts/mail.ts'

interface Sender {
  /** As in `Lapis Spider <lapis@example.com>`, or the bare address. */
  from: string
  messageId: string
  at: Date
}

const MAX_LINE_CHARACTERS = 76
/** RFC 2047 §2: an encoded word has at most 75 characters; 45 bytes make 60 of base64. */
const MAX_WORD_BYTES = 45

/**
 * A message by RFC 5322 and MIME. Text is in base64, so that no line is too long, begins with a dot or has bytes that an
 * old server would break.
 */
export function mailMessage(mail: Mail, { from, messageId, at }: Sender): string {
  const { to, subject, unsubscribeUrl } = mail
  const headers = [
    ['From', plain(from)],
    ['To', plain(to)],
    ['Subject', encodedWords(subject)],
    ['Date', at.toUTCString().replace('GMT', '+0000')],
    ['Message-ID', `<${messageId}>`],
    ['Auto-Submitted', 'auto-generated'],
    ...(unsubscribeUrl === undefined ? [] : leaving(unsubscribeUrl)),
    ['MIME-Version', '1.0'],
  ]
  const lines = headers.map(([name, value]) => `${name}: ${value}`)
  return [...lines, ...bodyOf(mail, messageId), ''].join('\r\n')
}

/** RFC 2369 §3.2, and RFC 8058 for one click without a page in between. */
function leaving(url: string): [string, string][] {
  return [
    ['List-Unsubscribe', `<${plain(url)}>`],
    ['List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'],
  ]
}

/** The same twice where there is HTML, the preferred last (RFC 2046 §5.1.4). No base64 has the boundary's "=_" in it. */
function bodyOf({ text, html }: Mail, messageId: string): string[] {
  const plainPart = part('text/plain', text)
  if (html === undefined) return plainPart
  const boundary = `=_${messageId.replaceAll(/\W/g, '').slice(0, 40)}`
  return [
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    ...['', `--${boundary}`, ...plainPart],
    ...[`--${boundary}`, ...part('text/html', html)],
    `--${boundary}--`,
  ]
}

function part(type: string, text: string): string[] {
  return [`Content-Type: ${type}; charset=utf-8`, 'Content-Transfer-Encoding: base64', '', ...folded(base64(text))]
}

/** The address alone, as the envelope has it. */
export function addressOf(sender: string): string {
  return plain(/<([^<>]+)>\s*$/.exec(sender)?.[1] ?? sender.trim())
}

/** A line break would let a value make headers or commands of its own. */
function plain(value: string): string {
  if (/[\r\n]/.test(value)) throw new Error('a mail header can not have line breaks')
  return value
}

function encodedWords(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text
  return wordsOf(text)
    .map((word) => `=?UTF-8?B?${base64(word)}?=`)
    .join('\r\n ')
}

/** Never through the middle of a character (RFC 2047 §5). */
function wordsOf(text: string): string[] {
  const words = ['']
  for (const character of text) {
    const longer = `${words.at(-1)}${character}`
    if (new TextEncoder().encode(longer).length > MAX_WORD_BYTES) words.push(character)
    else words[words.length - 1] = longer
  }
  return words
}

function folded(text: string): string[] {
  return text.match(new RegExp(`.{1,${MAX_LINE_CHARACTERS}}`, 'g')) ?? ['']
}

export function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))
}
