import { app } from './api/app.ts'
import { dashboard } from './dashboard/dashboard.ts'

// All that comes by HTTP: the API, and the dashboard, which is a client of it like any other, but within the same call.
app.route(
  '/',
  dashboard((request, env, context) => app.fetch(request, env, context)),
)

export { app }
