import { html } from 'hono/html'
import type { Markup } from './layout.ts'

export function count(value: number): string {
  return value.toLocaleString('en')
}

/** In UTC; the page's script turns it into the reader's own time. */
export function time(iso: string | null | undefined, otherwise = '–'): Markup | string {
  if (!iso) return otherwise
  return html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`
}

/** A code of the API as people read it. */
export function inWords(code: string): string {
  return code.replaceAll('_', ' ')
}

/** A state, in a word and a colour. */
export function badge(state: string): Markup {
  return html`<span class="badge ${state}">${inWords(state)}</span>`
}

/** An address of somebody else's: shown, and followed without telling where from. */
export function outward(url: string): Markup | string {
  return /^https?:\/\//i.test(url) ? html`<a href="${url}" rel="noreferrer noopener" class="url">${url}</a>` : url
}
