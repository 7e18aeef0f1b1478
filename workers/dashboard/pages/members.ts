import { html } from 'hono/html'
import { Role } from '../../../src/contracts/api/identity.ts'
import type { Invitation, Member, NewInvitation } from '../../../src/contracts/api/member.ts'
import { orShown } from '../api.ts'
import type { Visit } from '../door.ts'
import { given } from '../fields.ts'
import { time } from '../format.ts'
import { type Markup, type Notice, askedTwice, csrfField, page, refusalNotice } from '../layout.ts'
import { choice, field, further, table } from '../parts.ts'
import { type Listed, from } from './listed.ts'
import { shownOnce } from './shown-once.ts'

/** What each role may, in words. */
const ROLES = {
  owner: 'Owner: everything',
  admin: 'Admin: everything, but owners',
  member: 'Member: crawls, monitors, channels',
  viewer: 'Viewer: looks, and changes nothing',
} as const satisfies Record<(typeof Role.options)[number], string>

const CHOICES = Role.options.map((role) => [role, ROLES[role]] as const)

/** Many at once: nobody turns pages to find a colleague. */
const MEMBERS_SHOWN = 200

export function membersPage(visit: Visit): Promise<Response> {
  return listPage(visit)
}

export function invite(visit: Visit): Promise<Response> {
  const wish = given({ email: visit.fields.text('email'), role: visit.fields.text('role') })
  return refusedInPage(visit, async () => {
    const { email, token } = await visit.api.send<NewInvitation>('POST', '/v1/invitations', wish)
    const where = new URL('/join', visit.c.req.url).href
    const markup = html`${shownOnce(`The invitation of ${email}`, token)}
      <p>Whoever has it joins at <code>${where}</code>. Where e-mail is set up, it was sent as well.</p>`
    return listPage(visit, { markup, status: 200 })
  })
}

export function revokeInvitation(visit: Visit): Promise<Response> {
  return changed(visit, 'DELETE', `/v1/invitations/${idOf(visit)}`)
}

export function changeRole(visit: Visit): Promise<Response> {
  return changed(visit, 'PATCH', `/v1/members/${idOf(visit)}`, { role: visit.fields.text('role') })
}

export function removeMember(visit: Visit): Promise<Response> {
  return changed(visit, 'DELETE', `/v1/members/${idOf(visit)}`)
}

function idOf({ c }: Visit): string {
  return encodeURIComponent(c.req.param('id') ?? '')
}

function changed(visit: Visit, method: 'PATCH' | 'DELETE', path: string, body?: object): Promise<Response> {
  return refusedInPage(visit, async () => {
    await visit.api.send(method, path, body)
    return visit.c.redirect('/members', 303)
  })
}

function refusedInPage(visit: Visit, act: () => Promise<Response>): Promise<Response> {
  return orShown(act, (problem) => listPage(visit, refusalNotice(problem)))
}

async function listPage(visit: Visit, notice?: Notice): Promise<Response> {
  const list = from(`/v1/members?limit=${MEMBERS_SHOWN}`, visit.c.req.query('cursor'))
  const { data: members, nextCursor } = await visit.api.get<Listed<Member>>(list)
  const { data: invitations } = await visit.api.get<Listed<Invitation>>('/v1/invitations?limit=1000')
  const main = html`<section>
      <h2>Invite</h2>
      ${notice?.markup ?? ''}
      <form method="post" action="/members/invitations" class="fields">
        ${csrfField(visit.csrf)}
        ${field({ name: 'email', label: 'E-mail', type: 'email', required: true, value: notice?.status === 200 ? '' : visit.fields.text('email') })}
        ${choice({ name: 'role', label: 'Role', options: CHOICES, value: visit.fields.text('role') ?? 'member' })}
        <button>Invite</button>
      </form>
    </section>
    <section>
      <h2>Members</h2>
      ${memberTable(visit, members)} ${further('/members', nextCursor)}
    </section>
    <section>
      <h2>Open invitations</h2>
      ${invitationTable(visit, invitations)}
    </section>`
  return page(visit, { title: 'Members', main, ...(notice && { status: notice.status }) })
}

function memberTable({ csrf }: Visit, members: readonly Member[]): Markup {
  const rows = members.map(
    ({ id, email, name, role, joinedAt }) =>
      html`<tr>
        <td>${name ?? '–'}</td>
        <td>${email}</td>
        <td>
          <form method="post" action="/members/${id}/role" class="inline">
            ${csrfField(csrf)}
            ${choice({ name: 'role', label: `Role of ${email}`, options: Role.options.map((each) => [each, each] as const), value: role })}
            <button class="plain">Change</button>
          </form>
        </td>
        <td>${time(joinedAt)}</td>
        <td>
          ${askedTwice(csrf, `/members/${id}/delete`, 'Remove', 'Whoever is removed sees nothing of this workspace any more.')}
        </td>
      </tr>`,
  )
  return table(['Name', 'E-mail', 'Role', 'Joined', 'Do'], rows, 'Nobody: this workspace was made with a key.')
}

function invitationTable({ csrf }: Visit, invitations: readonly Invitation[]): Markup {
  const rows = invitations.map(
    ({ id, email, role, createdAt, expiresAt }) =>
      html`<tr>
        <td>${email}</td>
        <td>${role}</td>
        <td>${time(createdAt)}</td>
        <td>${time(expiresAt)}</td>
        <td>
          ${askedTwice(csrf, `/members/invitations/${id}/delete`, 'Revoke', 'Its token lets nobody in any more.')}
        </td>
      </tr>`,
  )
  return table(['E-mail', 'Role', 'Made', 'Until', 'Do'], rows, 'No open invitation.')
}
