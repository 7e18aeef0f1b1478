import type { Context } from 'hono'
import { html } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { z } from 'zod'
import type { Problem } from '../../src/contracts/api/common.ts'
import type { DashboardTypes } from './api.ts'
import type { Visit } from './door.ts'

export type Markup = ReturnType<typeof html>

/** Scripts, styles and pictures of our own and of nobody else, none of them in the page; forms for us only. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const SECTIONS = [
  ['/', 'Overview'],
  ['/crawls', 'Crawls'],
  ['/scrape', 'Scrape'],
  ['/monitors', 'Monitors'],
  ['/channels', 'Channels'],
  ['/deliveries', 'Deliveries'],
  ['/keys', 'Keys'],
  ['/members', 'Members'],
] as const

interface Content {
  title: string
  main: Markup
  status?: number
}

/** A page for somebody who is signed in. What is put into the markup is escaped by it. */
export function page({ c, csrf }: Visit, { title, main, status = 200 }: Content): Response | Promise<Response> {
  const links = SECTIONS.map(
    ([path, name]) =>
      html`<li><a href="${path}" ${isCurrent(c.req.path, path) ? html`aria-current="page"` : ''}>${name}</a></li>`,
  )
  const header = html`<header>
    <a class="brand" href="/">Lapis Spider</a>
    <nav aria-label="Sections">
      <ul>
        ${links}
      </ul>
    </nav>
    <form class="leave" method="post" action="/logout">
      ${csrfField(csrf)}<a href="/docs">API</a><button class="plain">Sign out</button>
    </form>
  </header>`
  return whole(c, { title, main, status }, header)
}

/** A page for whoever comes. */
export function openPage({ c }: Visit, content: Content): Response | Promise<Response> {
  return whole(c, content, html`<header><a class="brand" href="/">Lapis Spider</a></header>`)
}

export function errorPage(c: Context<DashboardTypes>, problem: z.output<typeof Problem>): Response | Promise<Response> {
  const main = html`${problemMarkup(problem)}
    <p><a href="/">Overview</a></p>`
  const title = problem.status === 404 ? 'Not found' : 'That did not work'
  return whole(
    c,
    { title, main, status: problem.status },
    html`<header><a class="brand" href="/">Lapis Spider</a></header>`,
  )
}

/** What was refused, and what to do. */
function problemMarkup({ detail, code, requestId, errors = [] }: z.output<typeof Problem>): Markup {
  return html`<div class="problem" role="alert">
    <p>${detail}</p>
    ${
      errors.length > 1
        ? html`<ul>
            ${errors.map(({ path, message }) => html`<li><code>${path}</code> ${message}</li>`)}
          </ul>`
        : ''
    }
    <p class="quiet">${code}, request ${requestId}</p>
  </div>`
}

/** What a page has to say first. */
export interface Notice {
  markup: Markup
  status: number
}

export function refusalNotice(problem: z.output<typeof Problem>): Notice {
  return { markup: problemMarkup(problem), status: problem.status }
}

export function csrfField(csrf: string): Markup {
  return html`<input type="hidden" name="csrf" value="${csrf}" />`
}

/** A button that does something by itself. */
export function actionForm(csrf: string, action: string, label: string, look = ''): Markup {
  return html`<form method="post" action="${action}">${csrfField(csrf)}<button class="${look}">${label}</button></form>`
}

/** What can't be undone is asked for twice, without a script. */
export function askedTwice(csrf: string, action: string, label: string, warning: string): Markup {
  return html`<details class="twice">
    <summary>${label}…</summary>
    <p>${warning}</p>
    ${actionForm(csrf, action, label, 'danger')}
  </details>`
}

function isCurrent(path: string, section: string): boolean {
  return path === section || (section !== '/' && path.startsWith(`${section}/`))
}

function whole(
  c: Context<DashboardTypes>,
  { title, main, status = 200 }: Content,
  header: Markup,
): Response | Promise<Response> {
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Lapis Spider</title>
        <link rel="icon" href="/dashboard.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/dashboard.css" />
        <script type="module" src="/dashboard.js"></script>
      </head>
      <body>
        <a class="skip" href="#main">To the content</a>
        ${header}
        <main id="main">
          <h1>${title}</h1>
          ${main}
        </main>
      </body>
    </html>`
  return c.html(document, status as ContentfulStatusCode, {
    'content-security-policy': POLICY,
    // Without a referrer, browsers would not say either from where a form is sent.
    'referrer-policy': 'same-origin',
  })
}
