import { html } from 'hono/html'
import type { Monitor } from '../../../src/contracts/api/monitor.ts'
import { type Preview, PreviewMonitor } from '../../../src/contracts/api/monitor-change.ts'
import { orShown } from '../api.ts'
import type { Visit } from '../door.ts'
import { type Fields, given } from '../fields.ts'
import { badge, inWords, time } from '../format.ts'
import { type Markup, type Notice, csrfField, page, refusalNotice } from '../layout.ts'
import { field, lines, table } from '../parts.ts'

/** Of what a preview has read; a whole page of it would bury the form. */
const BLOCKS_SHOWN = 30

/** The rules of a monitor that have a form; all others stay as they are. */
type Rules = Pick<Monitor, 'select' | 'ignore' | 'trigger'>

/** What a monitor looks at and what of it is told: to be tried before it is saved. */
export async function rulesPage(visit: Visit): Promise<Response> {
  return formPage(visit, await monitorOf(visit))
}

export async function saveRules(visit: Visit): Promise<Response> {
  const monitor = await monitorOf(visit)
  return orShown(
    async () => {
      await visit.api.send('PATCH', pathTo(visit), withNull(rulesFrom(visit.fields, monitor)))
      return visit.c.redirect(`/monitors/${monitor.id}`, 303)
    },
    (problem) => formPage(visit, monitor, refusalNotice(problem)),
  )
}

export async function tryRules(visit: Visit): Promise<Response> {
  const monitor = await monitorOf(visit)
  return orShown(
    async () => {
      const known = Object.entries({ ...monitor, ...rulesFrom(visit.fields, monitor) })
      const order = Object.fromEntries(known.filter(([name]) => name in PreviewMonitor.shape))
      const wish = { ...given(order), against: { monitorId: monitor.id } }
      const preview = await visit.api.send<Preview>('POST', '/v1/monitors/preview', wish)
      return formPage(visit, monitor, { markup: tried(preview), status: 200 })
    },
    (problem) => formPage(visit, monitor, refusalNotice(problem)),
  )
}

function pathTo({ c }: Visit): string {
  return `/v1/monitors/${encodeURIComponent(c.req.param('id') ?? '')}`
}

function monitorOf(visit: Visit): Promise<Monitor> {
  return visit.api.get<Monitor>(pathTo(visit))
}

/** What the form says, over what it does not ask for. */
function rulesFrom(fields: Fields, { select, trigger }: Rules): Record<keyof Rules, unknown> {
  const percent = fields.number('percent')
  const threshold = given({
    changedWords: fields.number('words'),
    changedRatio: typeof percent === 'number' ? percent / 100 : percent,
  })
  return {
    select: unlessEmpty({ ...select, include: listIn(fields, 'include'), exclude: listIn(fields, 'exclude') }),
    ignore: listIn(fields, 'ignore'),
    trigger: unlessEmpty({
      ...trigger,
      threshold: unlessEmpty(threshold),
      contains: listIn(fields, 'contains'),
      notContains: listIn(fields, 'notContains'),
    }),
  }
}

function listIn(fields: Fields, name: string): string[] | undefined {
  const entries = (fields.text(name) ?? '').split(/\r?\n/).map((line) => line.trim())
  return entries.some((entry) => entry !== '') ? entries.filter((entry) => entry !== '') : undefined
}

function unlessEmpty(fields: Record<string, unknown>): Record<string, unknown> | undefined {
  const left = given(fields)
  return Object.keys(left).length > 0 ? left : undefined
}

/** null takes away. */
function withNull(rules: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(rules).map(([name, value]) => [name, value ?? null]))
}

function formPage(visit: Visit, monitor: Monitor, notice?: Notice): Response | Promise<Response> {
  const path = `/monitors/${monitor.id}`
  const main = html`<p><a href="${path}">${monitor.name}</a></p>
    ${notice?.markup ?? ''}
    <form method="post" action="${path}/rules" class="fields">
      ${csrfField(visit.csrf)}<input type="hidden" name="sent" value="yes" />
      ${ruleFields(valuesOf(visit.fields, monitor))}
      <div class="actions"><button>Save</button><button class="plain" formaction="${path}/rules/try">Try</button></div>
    </form>
    <p class="quiet">
      Watched values, prices, conditions and normalising are in the API: <a href="/docs">PATCH /v1/monitors/{id}</a>.
      What is not asked for here stays as it is.
    </p>`
  return page(visit, { title: 'Rules', main, ...(notice && { status: notice.status }) })
}

function ruleFields(value: (name: string) => string): Markup {
  return html`${lines({ name: 'include', label: 'Only these parts', hint: 'CSS selectors, one a line', value: value('include') })}
  ${lines({ name: 'exclude', label: 'Without these parts', hint: 'CSS selectors; taken out first', value: value('exclude') })}
  ${lines({ name: 'ignore', label: 'Text that counts for nothing', hint: 'Text, or /regular expression/, one a line', value: value('ignore') })}
  ${lines({ name: 'contains', label: 'Tell only while the page has', hint: 'Text, or /regular expression/: all of these', value: value('contains') })}
  ${lines({ name: 'notContains', label: 'Tell only while the page has not', hint: 'Text, or /regular expression/: none of these', value: value('notContains') })}
  ${field({ name: 'words', label: 'Tell from so many changed words', type: 'number', value: value('words') })}
  ${field({ name: 'percent', label: 'Or from so much of the page', hint: 'Per cent; either is enough', value: value('percent') })}`
}

/** What was typed, or else what is kept. */
function valuesOf(fields: Fields, { select, ignore, trigger }: Rules): (name: string) => string {
  if (fields.text('sent') !== undefined) return (name) => fields.text(name) ?? ''
  const { changedWords, changedRatio } = trigger?.threshold ?? {}
  const kept: Record<string, string | undefined> = {
    include: select?.include?.join('\n'),
    exclude: select?.exclude?.join('\n'),
    ignore: ignore?.join('\n'),
    contains: [trigger?.contains ?? []].flat().join('\n'),
    notContains: [trigger?.notContains ?? []].flat().join('\n'),
    words: changedWords?.toString(),
    percent: changedRatio === undefined ? undefined : String(Math.round(changedRatio * 10_000) / 100),
  }
  return (name) => kept[name] ?? ''
}

function tried({ live, replay }: Preview): Markup {
  const rest = live.blocks.length - BLOCKS_SHOWN
  const found = live.blocks.slice(0, BLOCKS_SHOWN).map(({ text }) => html`<li>${text}</li>`)
  const rows = [...replay.map((said) => ({ when: time(said.at), said })), { when: 'now', said: live }].map(
    ({ when, said }) =>
      html`<tr>
        <td>${when}</td>
        <td>${badge(said.verdict)}</td>
        <td>${inWords(said.reason)}</td>
        <td>${said.reasons[0]?.detail ?? ''}</td>
      </tr>`,
  )
  return html`<section role="status">
    <h2>What these rules would say</h2>
    ${table(['Version', 'Verdict', 'Reason', 'Why'], rows, 'Nothing.')}
    <h3>What is compared</h3>
    ${
      found.length > 0
        ? html`<ul>
            ${found}
          </ul>`
        : html`<p>Nothing of the page is left.</p>`
    }
    ${rest > 0 ? html`<p class="quiet">And ${rest} more.</p>` : ''}
  </section>`
}
