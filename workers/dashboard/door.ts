import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { readConfig } from '../config.ts'
import { type Api, type ApiHandler, type DashboardTypes, Refused, apiOf } from './api.ts'
import { type Fields, fieldsOf } from './fields.ts'
import { keyCookie } from './key-cookie.ts'
import { errorPage } from './layout.ts'

/** Somebody at a page. */
export interface Visit {
  c: Context<DashboardTypes>
  api: Api
  /** What every form of the page has to send along. Empty for whoever came with a key: then the cookie is `SameSite=Strict`. */
  csrf: string
  /** What the form has sent; empty for a page that is only looked at. */
  fields: Fields
}

/** Whatever the path is. */
type Page = Context<DashboardTypes, string>

type Handler = (visit: Visit) => Response | Promise<Response>

/** Longer than any form of ours gets. */
const MOST_FORM_BYTES = 64_000

const limited: MiddlewareHandler<DashboardTypes> = bodyLimit({ maxSize: MOST_FORM_BYTES })

/** Browsers say from where a form was sent (Origin, Sec-Fetch-Site): it must have been a page of ours. */
const sentByOurs: MiddlewareHandler<DashboardTypes> = csrf({
  origin: (origin, c: Page) =>
    [c.req.url, readConfig(c.env, c.req.url).publicUrl].some((url) => URL.parse(url)?.origin === origin),
})

/** How pages and forms are answered. */
export interface Door {
  /** A page for those who are signed in; others are sent to sign in. */
  page(handler: Handler): (c: Page) => Promise<Response>
  /** What a form of such a page does. */
  form(handler: Handler): (c: Page) => Promise<Response>
  /** The same for everybody. */
  openPage(handler: Handler): (c: Page) => Promise<Response>
  openForm(handler: Handler): (c: Page) => Promise<Response>
}

export function doorTo(handler: ApiHandler): Door {
  const visit = async (c: Page, fields: Fields, isOpen: boolean): Promise<Visit> => {
    const api = apiOf(c, handler, fields.text('csrf'))
    return { c, api, fields, csrf: isOpen ? '' : await csrfTokenOf(c, api) }
  }
  const answering = (answer: Handler, isOpen: boolean) => async (c: Page) =>
    explained(c, async () => answer(await visit(c, fieldsOf({}), isOpen)))
  const taking = (answer: Handler, isOpen: boolean) => async (c: Page) =>
    explained(c, async () => {
      let response: Response | undefined
      const take = async (): Promise<void> => {
        response = await answer(await visit(c, fieldsOf(await c.req.parseBody({ all: true })), isOpen))
      }
      await limited(c, async () => void (await sentByOurs(c, take)))
      if (!response) throw new HTTPException(413)
      return response
    })
  return {
    page: (answer) => answering(answer, false),
    form: (answer) => taking(answer, false),
    openPage: (answer) => answering(answer, true),
    openForm: (answer) => taking(answer, true),
  }
}

async function csrfTokenOf(c: Page, api: Api): Promise<string> {
  if (keyCookie(c) !== undefined) return ''
  return (await api.get<{ csrfToken: string }>('/v1/auth/session')).csrfToken
}

const UNAUTHORIZED = 401

async function explained(c: Page, answer: () => Promise<Response>): Promise<Response> {
  try {
    return await answer()
  } catch (error) {
    if (error instanceof HTTPException) return errorPage(c, refusedForm(c, error.status))
    if (!(error instanceof Refused)) throw error
    return error.problem.status === UNAUTHORIZED ? c.redirect('/login', 303) : errorPage(c, error.problem)
  }
}

/** A form that never got to its handler. */
function refusedForm(c: Page, status: number): Refused['problem'] {
  const [code, detail] =
    status === 413
      ? ['body_too_large', `A form may have at most ${MOST_FORM_BYTES} bytes.`]
      : ['csrf', 'This form was not sent by a page of ours. Load the page anew and try again.']
  return { type: 'about:blank', title: 'Refused', status, code, detail, requestId: c.get('requestId') }
}
