import { html } from 'hono/html'
import type { Check, Monitor } from '../../../src/contracts/api/monitor.ts'
import type { MonitorChange } from '../../../src/contracts/api/monitor-change.ts'
import { counted } from '../../../src/domain/counted.ts'
import type { Visit } from '../door.ts'
import { badge, count, inWords, outward, time } from '../format.ts'
import { type Markup, actionForm, askedTwice, csrfField, page } from '../layout.ts'
import { facts, table } from '../parts.ts'
import type { Listed } from './listed.ts'

/** One monitor: how it is, what it saw, what it told. */
export async function monitorPage(visit: Visit): Promise<Response> {
  const path = `/v1${pathOf(visit)}`
  const [monitor, changes, checks] = await Promise.all([
    visit.api.get<Monitor>(path),
    visit.api.get<Listed<MonitorChange>>(`${path}/changes?limit=20`),
    visit.api.get<Listed<Check>>(`${path}/checks?limit=20`),
  ])
  const main = html`${standing(monitor)} ${actions(visit, monitor)}
    <section>
      <h2>Changes</h2>
      ${changeTable(changes.data)}
    </section>
    <section>
      <h2>Checks</h2>
      ${checkTable(checks.data)}
    </section>`
  return page(visit, { title: monitor.name, main })
}

export async function checkNow(visit: Visit): Promise<Response> {
  await visit.api.send('POST', `/v1${pathOf(visit)}/check`)
  return visit.c.redirect(pathOf(visit), 303)
}

/** Pauses a monitor, or lets it go on. */
export async function enableMonitor(visit: Visit): Promise<Response> {
  await visit.api.send('PATCH', `/v1${pathOf(visit)}`, { enabled: visit.fields.text('enabled') === 'yes' })
  return visit.c.redirect(pathOf(visit), 303)
}

export async function deleteMonitor(visit: Visit): Promise<Response> {
  await visit.api.send('DELETE', `/v1${pathOf(visit)}`)
  return visit.c.redirect('/monitors', 303)
}

function pathOf({ c }: Visit): string {
  return `/monitors/${encodeURIComponent(c.req.param('id') ?? '')}`
}

function standing({ url, status, health, nextCheckAt, lastCheckAt, lastChangeAt, feedUrl }: Monitor): Markup {
  return html`<p role="status">
      ${badge(status)}
      ${health.failures > 0 ? html`<span class="bad">${counted(health.failures, 'failure')} in a row</span>` : ''}
    </p>
    <p class="url">${outward(url)}</p>
    ${facts([
      ['Last check', time(lastCheckAt, 'none')],
      ['Last verdict', health.lastVerdict ?? '–'],
      ['Why', inWords(health.lastReason ?? '–')],
      ['Last change', time(lastChangeAt, 'never')],
      ['Next check', time(nextCheckAt)],
      ['Why then', health.whyNext],
      ['Feed', html`<a href="${feedUrl}">Atom</a>`],
    ])}`
}

function actions({ csrf }: Visit, { id, enabled }: Monitor): Markup {
  const path = `/monitors/${id}`
  return html`<div class="actions">
    ${actionForm(csrf, `${path}/check`, 'Check now')}
    <form method="post" action="${path}/enable">
      ${csrfField(csrf)}<input type="hidden" name="enabled" value="${enabled ? 'no' : 'yes'}" /><button>
        ${enabled ? 'Pause' : 'Resume'}
      </button>
    </form>
    <a class="button" href="${path}/rules">Rules</a>
    ${askedTwice(csrf, `${path}/delete`, 'Delete', 'The monitor goes, and everything that it has seen.')}
  </div>`
}

function changeTable(changes: readonly MonitorChange[]): Markup {
  const rows = changes.map(
    ({ id, at, summary: { added, removed, changedRatio } }) =>
      html`<tr>
        <td><a href="/changes/${id}">${time(at)}</a></td>
        <td class="number">+${count(added)}</td>
        <td class="number">−${count(removed)}</td>
        <td class="number">${(changedRatio * 100).toFixed(1)} %</td>
      </tr>`,
  )
  return table(['When', 'Words added', 'Words removed', 'Of the page'], rows, 'No change yet.')
}

function checkTable(checks: readonly Check[]): Markup {
  const rows = checks.map(
    ({ at, verdict, reason, status, durationMs }) =>
      html`<tr>
        <td>${time(at)}</td>
        <td>${badge(verdict)}</td>
        <td>${inWords(reason)}</td>
        <td class="number">${status ?? ''}</td>
        <td class="number">${durationMs === null ? '' : `${count(durationMs)} ms`}</td>
      </tr>`,
  )
  return table(['When', 'Verdict', 'Reason', 'Status', 'Took'], rows, 'No check yet.')
}
