import { html } from 'hono/html'
import { type ApiKey, type NewApiKey, Scope } from '../../../src/contracts/api/key.ts'
import { orShown } from '../api.ts'
import type { Visit } from '../door.ts'
import { given } from '../fields.ts'
import { time } from '../format.ts'
import { type Markup, type Notice, askedTwice, csrfField, page, refusalNotice } from '../layout.ts'
import { field, further, table, ticks } from '../parts.ts'
import { type Listed, from } from './listed.ts'
import { shownOnce } from './shown-once.ts'

/** One by one; a key with none of them named has those of its maker. */
const SCOPES = Scope.options.filter((scope) => scope !== '*')

export function keysPage(visit: Visit): Promise<Response> {
  return listPage(visit)
}

export async function createKey(visit: Visit): Promise<Response> {
  const scopes = visit.fields.all('scopes')
  const day = visit.fields.text('expires')
  const wish = given({
    name: visit.fields.text('name'),
    scopes: scopes.length > 0 ? scopes : undefined,
    expiresAt: day === undefined ? undefined : `${day}T00:00:00Z`,
  })
  return orShown(
    async () => {
      const { name, key } = await visit.api.send<NewApiKey>('POST', '/v1/keys', wish)
      return listPage(visit, { markup: shownOnce(`The key “${name}”`, key), status: 200 })
    },
    (problem) => listPage(visit, refusalNotice(problem)),
  )
}

export async function deleteKey(visit: Visit): Promise<Response> {
  await visit.api.send('DELETE', `/v1/keys/${encodeURIComponent(visit.c.req.param('id') ?? '')}`)
  return visit.c.redirect('/keys', 303)
}

async function listPage(visit: Visit, notice?: Notice): Promise<Response> {
  const list = from('/v1/keys?limit=50', visit.c.req.query('cursor'))
  const { data, nextCursor } = await visit.api.get<Listed<ApiKey>>(list)
  const main = html`<section>
      <h2>New key</h2>
      ${notice?.markup ?? ''}
      <form method="post" action="/keys" class="fields">
        ${csrfField(visit.csrf)} ${field({ name: 'name', label: 'Name', required: true })}
        ${field({ name: 'expires', label: 'Good until', type: 'date', hint: 'Without it: until it is deleted' })}
        ${ticks(
          'scopes',
          'May (nothing ticked: all that you may)',
          SCOPES.map((scope) => [scope, scope] as const),
        )}
        <button>Make</button>
      </form>
    </section>
    <section>
      <h2>Keys</h2>
      ${keyTable(visit, data)} ${further('/keys', nextCursor)}
    </section>`
  return page(visit, { title: 'Keys', main, ...(notice && { status: notice.status }) })
}

function keyTable({ csrf }: Visit, keys: readonly ApiKey[]): Markup {
  const rows = keys.map(
    ({ id, name, prefix, scopes, createdAt, expiresAt, lastUsedAt }) =>
      html`<tr>
        <td>${name}</td>
        <td><code>${prefix}…</code></td>
        <td>${scopes.join(', ')}</td>
        <td>${time(createdAt)}</td>
        <td>${time(expiresAt, 'no end')}</td>
        <td>${time(lastUsedAt, 'never')}</td>
        <td>${askedTwice(csrf, `/keys/${id}/delete`, 'Delete', 'Whatever uses it stops working.')}</td>
      </tr>`,
  )
  return table(['Name', 'Key', 'May', 'Made', 'Until', 'Used', 'Do'], rows, 'No key.')
}
