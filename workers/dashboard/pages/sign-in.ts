import { html } from 'hono/html'
import { readConfig } from '../../config.ts'
import { orShown } from '../api.ts'
import type { Visit } from '../door.ts'
import { given } from '../fields.ts'
import { dropKeyCookie, keyCookie, setKeyCookie } from '../key-cookie.ts'
import { type Markup, type Notice, openPage, refusalNotice } from '../layout.ts'
import { field } from '../parts.ts'

export function signInPage(visit: Visit): Response | Promise<Response> {
  return formsPage(visit)
}

export function signIn(visit: Visit): Promise<Response> {
  return refusedInPage(visit, () => openSession(visit))
}

export function register(visit: Visit): Promise<Response> {
  return refusedInPage(visit, async () => {
    await visit.api.send('POST', '/v1/auth/register', credentials(visit))
    return openSession(visit)
  })
}

/** With a key, which is tried first. */
export function useKey(visit: Visit): Promise<Response> {
  const { c, api, fields } = visit
  const key = fields.text('key') ?? ''
  return refusedInPage(visit, async () => {
    await api.open('/v1/usage?days=1', { headers: { authorization: `Bearer ${key}` } })
    setKeyCookie(c, key)
    return c.redirect('/', 303)
  })
}

/** A key is forgotten by this browser and stays good elsewhere; a session ends. */
export async function signOut({ c, api }: Visit): Promise<Response> {
  if (keyCookie(c) === undefined) passCookies(await api.open('/v1/auth/session', { method: 'DELETE' }), c)
  dropKeyCookie(c)
  return c.redirect('/login', 303)
}

/** Signs a browser in, and shows it the overview. */
export async function openSession(visit: Visit, login: object = credentials(visit)): Promise<Response> {
  const { c, api } = visit
  passCookies(await api.open('/v1/auth/session', { method: 'POST', body: login }), c)
  dropKeyCookie(c)
  return c.redirect('/', 303)
}

function passCookies({ headers }: Response, c: Visit['c']): void {
  for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
}

function credentials({ fields }: Visit): Record<string, unknown> {
  return given({ email: fields.text('email'), password: fields.text('password') })
}

function refusedInPage(visit: Visit, act: () => Promise<Response>): Promise<Response> {
  return orShown(act, (problem) => formsPage(visit, refusalNotice(problem)))
}

function formsPage(visit: Visit, notice?: Notice): Response | Promise<Response> {
  const { c } = visit
  const isOpen = readConfig(c.env, c.req.url).isRegistrationOpen
  const main = html`${notice?.markup ?? ''}
    <div class="choices">
      ${personForm(visit, '/login', 'With an account', 'Sign in')}
      <form method="post" action="/login/key" class="fields">
        <h2>With an API key</h2>
        ${field({ name: 'key', label: 'Key', type: 'password', required: true, placeholder: 'lps_…', hint: 'Printed by the first start, and kept in owner-key of its data directory' })}
        <button>Sign in with the key</button>
      </form>
      ${isOpen ? personForm(visit, '/register', 'New here', 'Make an account') : ''}
    </div>
    <p>Invited to a workspace? <a href="/join">Join it</a>.</p>`
  return openPage(visit, { title: 'Sign in', main, ...(notice && { status: notice.status }) })
}

function personForm({ fields }: Visit, action: string, title: string, label: string): Markup {
  const isNew = action === '/register'
  return html`<form method="post" action="${action}" class="fields">
    <h2>${title}</h2>
    ${field({ name: 'email', label: 'E-mail', type: 'email', required: true, autocomplete: 'username', value: fields.text('email') })}
    ${field({ name: 'password', label: 'Password', type: 'password', required: true, autocomplete: isNew ? 'new-password' : 'current-password', ...(isNew && { hint: '10 characters or more' }) })}
    <button>${label}</button>
  </form>`
}
