import { Hono } from 'hono'
import { Refusal } from '../../src/flows/problem.ts'
import { readConfig } from '../config.ts'
import { platformOf } from '../platform.ts'
import { conditional } from './conditional.ts'
import type { ApiTypes } from './context.ts'
import { cors } from './cors.ts'
import { requestId, securityHeaders } from './headers.ts'
import { metered } from './metered.ts'
import { refuseOtherMethods } from './methods.ts'
import { refuseOverload } from './overload.ts'
import { onError, problem } from './problem.ts'
import { refuseUnknownQuery } from './query-fields.ts'
import { rateLimitHeaders } from './rate-limit.ts'
import { account } from './routes/account.ts'
import { auditEvents } from './routes/audit-events.ts'
import { auth } from './routes/auth.ts'
import { batches } from './routes/batches.ts'
import { captures } from './routes/captures.ts'
import { changes } from './routes/changes.ts'
import { channels } from './routes/channels.ts'
import { crawls } from './routes/crawls.ts'
import { deliveries } from './routes/deliveries.ts'
import { documentation } from './routes/documentation.ts'
import { invitations } from './routes/invitations.ts'
import { members } from './routes/members.ts'
import { maps } from './routes/map.ts'
import { keys } from './routes/keys.ts'
import { me } from './routes/me.ts'
import { monitorSettings } from './routes/monitor-settings.ts'
import { monitors } from './routes/monitors.ts'
import { operations } from './routes/operations.ts'
import { scrapes } from './routes/scrape.ts'
import { unsubscribing } from './routes/unsubscribe.ts'
import { usage } from './routes/usage.ts'

export const app = new Hono<ApiTypes>()

app.use(requestId)
app.use(metered)
app.use(securityHeaders)
app.use(async function bindings(c, next) {
  const config = readConfig(c.env, c.req.url)
  c.set('config', config)
  c.set('platform', platformOf(c.env, config))
  await next()
})

app.use(cors)
app.use('/v1/*', rateLimitHeaders)
app.use('/v1/*', refuseOverload)
app.use('/v1/*', conditional)
app.use('/v1/*', refuseUnknownQuery)

app.route('/', operations)
app.route('/', documentation)
app.route('/v1/account', account)
app.route('/v1/audit-events', auditEvents)
app.route('/v1/auth', auth)
app.route('/v1/batches', batches)
app.route('/v1/captures', captures)
app.route('/v1/changes', changes)
app.route('/v1/channels', channels)
app.route('/v1/crawls', crawls)
app.route('/v1/deliveries', deliveries)
app.route('/v1/invitations', invitations)
app.route('/v1/map', maps)
app.route('/v1/members', members)
app.route('/v1/keys', keys)
app.route('/v1/me', me)
app.route('/v1/monitors', monitors)
app.route('/v1/monitor-settings', monitorSettings)
app.route('/v1/scrape', scrapes)
app.route('/v1/unsubscribe', unsubscribing)
app.route('/v1/usage', usage)

app.onError(onError)
app.notFound((c) => {
  const refusal =
    refuseOtherMethods(app, c) ??
    new Refusal(404, 'not_found', `There is nothing at ${c.req.path}. See /openapi.json for what there is.`)
  return problem(c, refusal)
})
