import type { Notice } from '../notice.ts'
import { cut } from './cut.ts'

/** RFC 5322 §2.1.1 leaves a subject 998 characters; people read far fewer. */
const MAX_SUBJECT = 200
const MAX_TEXT = 20_000

export interface EmailMessage {
  subject: string
  text: string
  html: string
}

export function emailMessage(notice: Notice, unsubscribeUrl: string | undefined): EmailMessage {
  const [title, text, excerpt] = [notice.title, cut(notice.text, MAX_TEXT), cut(notice.excerpt, MAX_TEXT)]
  const leave = unsubscribeUrl === undefined ? [] : [`--\nNo more of these: ${unsubscribeUrl}`]
  const plain = [text, excerpt, notice.link ?? '', ...leave].filter((part) => part !== '').join('\n\n')
  return {
    subject: cut(title, MAX_SUBJECT).replaceAll(/[\r\n]+/g, ' '),
    text: `${plain}\n`,
    html: html({ ...notice, text, excerpt }, unsubscribeUrl),
  }
}

/** Styles stand in the elements, because mail programs drop style sheets; nothing is loaded from anywhere. */
function html({ title, text, excerpt, link, at }: Notice, unsubscribeUrl: string | undefined): string {
  const parts = [
    `<h1 style="font-size:18px;margin:0 0 12px">${escaped(title)}</h1>`,
    `<p style="margin:0 0 12px;white-space:pre-line">${escaped(text)}</p>`,
    ...(excerpt === ''
      ? []
      : [`<pre style="background:#f4f4f6;padding:12px;white-space:pre-wrap">${escaped(excerpt)}</pre>`]),
    ...(link === undefined ? [] : [`<p style="margin:0 0 12px"><a href="${escaped(link)}">Show</a></p>`]),
    `<p style="color:#666;font-size:12px">Lapis Spider, ${escaped(at)}${leaving(unsubscribeUrl)}</p>`,
  ]
  const body = `<body style="font-family:sans-serif;font-size:14px;line-height:1.5;color:#1c1c28">${parts.join('\n')}</body>`
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title></head>${body}</html>\n`
}

function leaving(url: string | undefined): string {
  return url === undefined ? '' : ` · <a href="${escaped(url)}">No more of these</a>`
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
