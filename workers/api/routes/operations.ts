import { Hono } from 'hono'
import { ping } from '../../../src/storage/postgres/database.ts'
import type { ApiTypes } from '../context.ts'

type DependencyState = 'ok' | 'unreachable'

export const operations = new Hono<ApiTypes>()

/** Alive: the process answers. Says nothing of its dependencies, so that an orchestrator does not kill it for theirs. */
operations.get('/health', (c) => c.json({ status: 'ok' }))

operations.get('/ready', async (c) => {
  const platform = c.get('platform')
  const [database, archive, frontier] = await Promise.all([
    stateOf(async () => ping(await platform.database())),
    stateOf(() => platform.archive.head('ready')),
    stateOf(() => platform.ledger('ready').progress()),
  ])
  const dependencies = { database, archive, durableObjects: frontier }
  const ready = Object.values(dependencies).every((state) => state === 'ok')
  return c.json({ status: ready ? 'ready' : 'not_ready', dependencies }, ready ? 200 : 503)
})

async function stateOf(ask: () => Promise<unknown>): Promise<DependencyState> {
  try {
    await ask()
    return 'ok'
  } catch {
    return 'unreachable'
  }
}
