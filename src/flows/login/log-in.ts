import type { FormAuth } from '../../domain/fetch/credentials.ts'
import { headerValues } from '../../domain/fetch/header-values.ts'
import { redirectTarget } from '../../domain/fetch/redirect.ts'
import { decodeBody } from '../../domain/page/decode.ts'
import { type FilledForm, hasElement, readLoginPage } from '../../domain/page/login-form.ts'
import { registrableDomain } from '../../domain/url/registrable-domain.ts'
import { type Cookies, withCookies } from '../../net/cookies.ts'
import { fetchHop } from '../fetch-hop.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../problem.ts'
import { noteSlowDown, takeTurn } from '../turn.ts'

const MAX_REDIRECTS = 10
const MAX_BYTES = 5_000_000
/** For the form, its submission and all redirects between them, turns included. */
const LOGIN_MS = 45_000

/** Why a login did not work, for the person who described it; undefined when it did. */
export type LoginFailure = string | undefined

interface Errand {
  platform: Platform
  cookies: Cookies
  deadline: number
}

interface Arrived {
  url: string
  status: number
  html: string
}

/**
 * Logs in as a browser would: fetches the page, fills in its form, sends it, follows where it leads. The cookies are the
 * session. robots.txt is not asked, because a person has named this page; the site's pace is kept all the same.
 */
export async function logIn(platform: Platform, cookies: Cookies, order: FormAuth): Promise<LoginFailure> {
  const errand = { platform, cookies, deadline: platform.now().getTime() + LOGIN_MS }
  const page = await go(errand, order.url)
  if (typeof page === 'string') return `The login page can't be had. ${page}`
  if (page.status >= 400) return `The login page ${page.url} answers ${page.status}.`
  const { form } = readLoginPage(page.html, page.url, order.fields)
  if (!form) {
    const names = Object.keys(order.fields).join(', ')
    return `${page.url} has no form with the fields ${names}. Pages that make their form by script need a browser.`
  }
  if (registrableDomain(form.action) !== registrableDomain(order.url))
    return `The form of ${page.url} would send the fields to another site, ${new URL(form.action).host}.`
  const after = await submit(errand, form)
  if (typeof after === 'string') return `The login form can't be sent. ${after}`
  return verdict(order, after)
}

function verdict({ successSelector, fields }: FormAuth, after: Arrived): LoginFailure {
  if (successSelector !== undefined) {
    if (hasElement(after.html, successSelector)) return undefined
    return `After the login ${after.url} has no element that matches successSelector: the site did not take the fields.`
  }
  if (after.status >= 400) return `The site answers the login with ${after.status}.`
  const { form, asksForPassword } = readLoginPage(after.html, after.url, fields)
  return form && asksForPassword ? 'The site asks for the password again: it did not take the fields.' : undefined
}

function submit(errand: Errand, form: FilledForm): Promise<Arrived | string> {
  const sent = new URLSearchParams(form.fields).toString()
  if (form.method === 'POST') return go(errand, form.action, sent)
  const url = new URL(form.action)
  url.search = sent
  return go(errand, url.href)
}

/** Follows redirects to a page; a fault is told in words. */
async function go(errand: Errand, start: string, form?: string): Promise<Arrived | string> {
  let url = start
  let sent = form
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const hop = await fetchInTurn(errand, url, sent)
    if (typeof hop === 'string') return hop
    if (hop.kind === 'fault') return hop.detail
    errand.cookies.take(hop.kind === 'redirect' ? hop.setCookie : headerValues(hop.headers, 'set-cookie'), url)
    if (hop.kind === 'response') return { url, status: hop.status, html: decodeBody(hop.body, hop.contentType).text }
    const target = redirectTarget(hop.status, hop.location, url)
    if (!target.ok) return `${url} redirects nowhere.`
    // Fetch §4.4: 307 and 308 send the form again, if need be; but never to somebody else.
    const goesAgain = hop.status === 307 || hop.status === 308
    if (goesAgain && sent !== undefined && registrableDomain(target.url) !== registrableDomain(url))
      return `${url} would have the form sent to another site, ${new URL(target.url).host}.`
    if (!goesAgain) sent = undefined
    url = target.url
  }
  return `More than ${MAX_REDIRECTS} redirects from ${start}.`
}

async function fetchInTurn({ platform, cookies, deadline }: Errand, url: string, form: string | undefined) {
  try {
    await takeTurn(platform, { url, ignoreRobots: true, deadline })
  } catch (error) {
    if (error instanceof Refusal) return `${url} could not be asked in time: ${error.message}`
    throw error
  }
  const hop = await fetchHop(platform, {
    url,
    headers: withCookies({}, cookies.headerFor(url)),
    timeoutMs: Math.max(1, deadline - platform.now().getTime()),
    maxBytes: MAX_BYTES,
    readableOnly: true,
    ...(form !== undefined && { form }),
  })
  if (hop.kind === 'response') await noteSlowDown(platform, url, hop)
  return hop
}
