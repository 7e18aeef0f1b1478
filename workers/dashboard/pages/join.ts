import { html } from 'hono/html'
import type { SignedIn } from '../../../src/contracts/api/identity.ts'
import { orShown } from '../api.ts'
import type { Visit } from '../door.ts'
import { given } from '../fields.ts'
import { type Notice, openPage, refusalNotice } from '../layout.ts'
import { field } from '../parts.ts'
import { openSession } from './sign-in.ts'

/** Where an invitation is accepted. */
export function joinPage(visit: Visit): Response | Promise<Response> {
  return formPage(visit)
}

export function join(visit: Visit): Promise<Response> {
  const { api, fields } = visit
  const password = fields.text('password')
  const wish = given({ token: fields.text('token'), password, name: fields.text('name') })
  return orShown(
    async () => {
      const { user, workspace } = await api.send<SignedIn>('POST', '/v1/invitations/accept', wish)
      return openSession(visit, { email: user.email, password, workspaceId: workspace.id })
    },
    (problem) => formPage(visit, refusalNotice(problem)),
  )
}

function formPage(visit: Visit, notice?: Notice): Response | Promise<Response> {
  const { fields } = visit
  const main = html`${notice?.markup ?? ''}
    <p>With the password of your account here; if there is none, one is made with the password that you give.</p>
    <form method="post" action="/join" class="fields">
      ${field({ name: 'token', label: 'Invitation', required: true, placeholder: 'lpi_…', value: fields.text('token') })}
      ${field({ name: 'password', label: 'Password', type: 'password', required: true, autocomplete: 'current-password', hint: '10 characters or more' })}
      ${field({ name: 'name', label: 'Name', hint: 'For a new account', autocomplete: 'name', value: fields.text('name') })}
      <button>Join</button>
    </form>`
  return openPage(visit, { title: 'Join a workspace', main, ...(notice && { status: notice.status }) })
}
