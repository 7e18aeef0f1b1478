import { html } from 'hono/html'
import type { Markup } from './layout.ts'

/** A table, or a sentence instead of an empty one. */
export function table(heads: readonly string[], rows: readonly Markup[], empty: string): Markup {
  if (rows.length === 0) return html`<p class="quiet">${empty}</p>`
  return html`<div class="wide" tabindex="0" role="region" aria-label="Table">
    <table>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`
}

export interface Field {
  name: string
  label: string
  hint?: string
  type?: 'text' | 'url' | 'number' | 'email' | 'password' | 'date'
  value?: string | undefined
  required?: boolean
  placeholder?: string
  autocomplete?: string
}

export function field({ name, label, hint, type = 'text', value = '', ...more }: Field): Markup {
  const { required = false, placeholder = '', autocomplete = 'off' } = more
  return html`<label>
    <span>${label}</span>
    <input
      type="${type}"
      name="${name}"
      value="${value}"
      placeholder="${placeholder}"
      autocomplete="${autocomplete}"
      ${required ? 'required' : ''}
    />
    ${hint === undefined ? '' : html`<small>${hint}</small>`}
  </label>`
}

/** Several, one a line. */
export function lines({ name, label, hint, value = '' }: Field): Markup {
  return html`<label>
    <span>${label}</span>
    <textarea name="${name}" rows="3" autocomplete="off" spellcheck="false">${value}</textarea>
    ${hint === undefined ? '' : html`<small>${hint}</small>`}
  </label>`
}

interface Choice {
  name: string
  label: string
  options: readonly (readonly [value: string, text: string])[]
  value?: string | undefined
}

export function choice({ name, label, options, value }: Choice): Markup {
  const items = options.map(
    ([key, text]) => html`<option value="${key}" ${key === value ? 'selected' : ''}>${text}</option>`,
  )
  return html`<label
    ><span>${label}</span
    ><select name="${name}">
      ${items}
    </select></label
  >`
}

export function ticks(name: string, legend: string, options: readonly (readonly [string, string])[]): Markup {
  const boxes = options.map(
    ([value, text]) =>
      html`<label class="tick"><input type="checkbox" name="${name}" value="${value}" /><span>${text}</span></label>`,
  )
  return html`<fieldset>
    <legend>${legend}</legend>
    ${boxes}
  </fieldset>`
}

/** To the rest of a list, where there is more. */
export function further(path: string, cursor: string | null): Markup | string {
  if (cursor === null) return ''
  const separator = path.includes('?') ? '&' : '?'
  return html`<p><a href="${path}${separator}cursor=${encodeURIComponent(cursor)}" rel="next">More</a></p>`
}

/** Names and values, beside each other. */
export function facts(pairs: readonly (readonly [string, Markup | string | number])[]): Markup {
  return html`<dl class="facts">
    ${pairs.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`
}
