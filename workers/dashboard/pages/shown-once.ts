import { html } from 'hono/html'
import type { Markup } from '../layout.ts'

/** A secret that nobody can show again. The button works where the page's script does. */
export function shownOnce(what: string, secret: string): Markup {
  return html`<div class="once" role="alert">
    <p>${what}. It is shown this once: keep it now.</p>
    <p><code id="secret">${secret}</code> <button type="button" data-copy="secret" hidden>Copy</button></p>
  </div>`
}
