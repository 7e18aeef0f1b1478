import { type Context, Hono } from 'hono'
import { ICON, SCRIPT, STYLE } from '../../src/dashboard/built.ts'
import type { ApiHandler, DashboardTypes } from './api.ts'
import { type Door, doorTo } from './door.ts'
import { changePage } from './pages/change.ts'
import { channelsPage, createChannel, deleteChannel, testChannel } from './pages/channels.ts'
import { crawlEvents, crawlExport, crawlPage, deleteCrawl, steerCrawl } from './pages/crawl.ts'
import { crawlsPage, startCrawl } from './pages/crawls.ts'
import { deliveriesPage, redeliver } from './pages/deliveries.ts'
import { documentsPage } from './pages/documents.ts'
import { join, joinPage } from './pages/join.ts'
import { createKey, deleteKey, keysPage } from './pages/keys.ts'
import { changeRole, invite, membersPage, removeMember, revokeInvitation } from './pages/members.ts'
import { checkNow, deleteMonitor, enableMonitor, monitorPage } from './pages/monitor.ts'
import { rulesPage, saveRules, tryRules } from './pages/monitor-rules.ts'
import { createMonitor, monitorsPage } from './pages/monitors.ts'
import { overview } from './pages/overview.ts'
import { scrape, scrapePage } from './pages/scrape.ts'
import { register, signIn, signInPage, signOut, useKey } from './pages/sign-in.ts'

/**
 * The pages at `/`, for people. Whatever they show or do is a call of the API on behalf of who looks, so that no rule stands
 * twice; they work without a script, which only makes them live.
 */
export function dashboard(handler: ApiHandler): Hono<DashboardTypes> {
  const door = doorTo(handler)
  const { page, form, openPage } = door
  const app = new Hono<DashboardTypes>()

  serveAssets(app)
  letIn(app, door)

  app.get('/', page(overview))

  app.get('/scrape', page(scrapePage))
  app.post('/scrape', form(scrape))

  app.get('/crawls', page(crawlsPage))
  app.post('/crawls', form(startCrawl))
  app.get('/crawls/:id', page(crawlPage))
  app.get('/crawls/:id/events', openPage(crawlEvents))
  app.get('/crawls/:id/export', openPage(crawlExport))
  app.get('/crawls/:id/pages', page(documentsPage))
  app.post('/crawls/:id/delete', form(deleteCrawl))
  for (const action of ['pause', 'resume', 'cancel']) app.post(`/crawls/:id/${action}`, form(steerCrawl))

  app.get('/monitors', page(monitorsPage))
  app.post('/monitors', form(createMonitor))
  app.get('/monitors/:id', page(monitorPage))
  app.get('/monitors/:id/rules', page(rulesPage))
  app.post('/monitors/:id/rules', form(saveRules))
  app.post('/monitors/:id/rules/try', form(tryRules))
  app.post('/monitors/:id/check', form(checkNow))
  app.post('/monitors/:id/enable', form(enableMonitor))
  app.post('/monitors/:id/delete', form(deleteMonitor))
  app.get('/changes/:id', page(changePage))

  app.get('/channels', page(channelsPage))
  app.post('/channels', form(createChannel))
  app.post('/channels/:id/test', form(testChannel))
  app.post('/channels/:id/delete', form(deleteChannel))

  app.get('/deliveries', page(deliveriesPage))
  app.post('/deliveries/:id/redeliver', form(redeliver))

  manageWorkspace(app, door)
  return app
}

function serveAssets(app: Hono<DashboardTypes>): void {
  app.get('/dashboard.css', (c) => asset(c, STYLE, 'text/css; charset=utf-8'))
  app.get('/dashboard.js', (c) => asset(c, SCRIPT, 'text/javascript; charset=utf-8'))
  app.get('/dashboard.svg', (c) => asset(c, ICON, 'image/svg+xml'))
}

function letIn(app: Hono<DashboardTypes>, { openPage, openForm }: Door): void {
  app.get('/login', openPage(signInPage))
  app.post('/login', openForm(signIn))
  app.post('/login/key', openForm(useKey))
  app.post('/register', openForm(register))
  app.post('/logout', openForm(signOut))
  app.get('/join', openPage(joinPage))
  app.post('/join', openForm(join))
}

function manageWorkspace(app: Hono<DashboardTypes>, { page, form }: Door): void {
  app.get('/keys', page(keysPage))
  app.post('/keys', form(createKey))
  app.post('/keys/:id/delete', form(deleteKey))

  app.get('/members', page(membersPage))
  app.post('/members/:id/role', form(changeRole))
  app.post('/members/:id/delete', form(removeMember))
  app.post('/members/invitations', form(invite))
  app.post('/members/invitations/:id/delete', form(revokeInvitation))
}

function asset(c: Context<DashboardTypes>, text: string, type: string): Response {
  return c.body(text, 200, { 'content-type': type, 'cache-control': 'public, max-age=3600' })
}
