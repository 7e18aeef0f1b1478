import { CssSelecting } from '../select/css.ts'
import { Resolver } from './links/resolve.ts'
import type { Element } from './tree/nodes.ts'
import { parseHtml } from './tree/parse-html.ts'
import { attribute, textInside } from './tree/reading-nodes.ts'

/** What submitting a form sends (HTML Living Standard §4.10.21.4, application/x-www-form-urlencoded). */
export interface FilledForm {
  action: string
  method: 'GET' | 'POST'
  fields: [string, string][]
}

/** A page as it concerns a login. */
export interface LoginPage {
  /** The form that takes the caller's fields, filled in; undefined when the page has none. */
  form: FilledForm | undefined
  /** The page asks for a password. */
  asksForPassword: boolean
}

/** For our own selectors, each of which looks at every node once. */
const SELECTING = new CssSelecting({ left: Number.POSITIVE_INFINITY })

/** Never sent unless clicked, or nothing that can be typed. */
const UNSENT_TYPES = new Set(['submit', 'button', 'reset', 'image', 'file'])

/**
 * Finds the login form of a page: the one that has most of the caller's fields, among equals the one with a password
 * field. What the page has filled in itself, CSRF tokens above all, is sent along as a browser would.
 */
export function readLoginPage(html: string, url: string, given: Readonly<Record<string, string>>): LoginPage {
  const { root } = parseHtml(html)
  const forms = SELECTING.all('form', root)
  const asksForPassword = SELECTING.first('input[type=password i]', root) !== undefined
  const [best] = forms
    .map((form) => ({ form, fit: fitOf(form, given) }))
    .filter(({ fit }) => fit > 0)
    .toSorted((a, b) => b.fit - a.fit)
  if (!best) return { form: undefined, asksForPassword }
  const base = SELECTING.first('base[href]', root)
  const resolver = new Resolver(url, base ? attribute(base, 'href') : undefined)
  return { form: filled(best.form, resolver, url, given), asksForPassword }
}

/** Whether a page has what a selector names; false for a selector that is none. */
export function hasElement(html: string, selector: string): boolean {
  try {
    return new CssSelecting().first(selector, parseHtml(html).root) !== undefined
  } catch {
    return false
  }
}

function fitOf(form: Element, given: Readonly<Record<string, string>>): number {
  const names = new Set(SELECTING.all('input, select, textarea', form).map((control) => attribute(control, 'name')))
  const matching = Object.keys(given).filter((name) => names.has(name)).length
  return matching === 0 ? 0 : matching + (SELECTING.first('input[type=password i]', form) ? 0.5 : 0)
}

function filled(form: Element, resolver: Resolver, url: string, given: Readonly<Record<string, string>>): FilledForm {
  const fields = new Map<string, string>()
  for (const control of SELECTING.all('input, select, textarea, button', form)) {
    const name = attribute(control, 'name')
    const value = valueOf(control)
    if (name !== '' && value !== undefined && !('disabled' in control.attribs)) fields.set(name, value)
  }
  for (const [name, value] of Object.entries(given)) fields.set(name, value)
  const action = attribute(form, 'action')
  return {
    // HTML §4.10.21.3: without an action a form goes to its own document.
    action: action === '' ? url : (resolver.web(action) ?? url),
    method: attribute(form, 'method').toLowerCase() === 'get' ? 'GET' : 'POST',
    fields: [...fields],
  }
}

/** What a control would send if nobody touched it. */
function valueOf(control: Element): string | undefined {
  const type = attribute(control, 'type').toLowerCase()
  if (control.name === 'button' || UNSENT_TYPES.has(type)) return undefined
  if (control.name === 'textarea') return textInside(control)
  if (control.name === 'select') return chosenOption(control)
  if ((type === 'checkbox' || type === 'radio') && !('checked' in control.attribs)) return undefined
  return control.attribs['value'] ?? (type === 'checkbox' || type === 'radio' ? 'on' : '')
}

function chosenOption(select: Element): string | undefined {
  const options = SELECTING.all('option', select)
  const chosen = options.find((option) => 'selected' in option.attribs) ?? options[0]
  return chosen && (chosen.attribs['value'] ?? textInside(chosen))
}
