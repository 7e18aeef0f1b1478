import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from './bundle.ts'
import { workerdConfig } from './config/workerd-config.ts'
import { parseWranglerConfig } from './config/wrangler-config.ts'
import type { DataPaths } from './data-directory.ts'
import { type DatabaseAddress, databaseAddress, embeddedAddress } from './database/address.ts'
import { withDatabase } from './database/connect.ts'
import { migrate, readMigrations } from './database/migrate.ts'
import { seedOwner } from './database/seed-owner.ts'
import { startEmbedded } from './database/start-embedded.ts'
import type { ListeningAddress } from './listening-address.ts'
import { networkRules } from './network-rules.ts'
import { SECRET_HEADER, startProbe } from './probe/probe-server.ts'
import { type ChildrenRecord, childrenRecord } from './process/children-record.ts'
import { type Supervised, supervise } from './process/supervise.ts'
import { openRenderer } from './renderer/open-renderer.ts'
import type { Settings } from './settings.ts'
import { keptSecret } from './kept-secret.ts'
import { startWorkerd } from './workerd/start-workerd.ts'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
/** Together below the 10 s that a stop may take. */
const WORKERD_GRACE_MS = 5_000
const DATABASE_GRACE_MS = 3_000

export interface Platform {
  stop(): Promise<void>
}

export interface PlatformOrder {
  settings: Settings
  paths: DataPaths
  address: ListeningAddress
  ownerKey: string
}

/** Starts everything in the order in which one needs the other, and stops it in reverse. */
export async function startPlatform(order: PlatformOrder): Promise<Platform> {
  const running: { stop(): Promise<void> }[] = []
  const stop = async (): Promise<void> => {
    for (const part of running.splice(0).toReversed()) await part.stop()
  }
  try {
    const children = childrenRecord(order.paths.root)
    const database = await startDatabase(order, children, running)
    await withDatabase(database, async (client) => {
      await migrate(client, readMigrations(join(ROOT, 'migrations')))
      await seedOwner(client, order.ownerKey)
    })
    await startWorker(order, { children, database }, running)
    return { stop }
  } catch (error) {
    await stop()
    throw error
  }
}

type Running = { stop(): Promise<void> }[]

async function startDatabase(
  { settings, paths }: PlatformOrder,
  children: ChildrenRecord,
  running: Running,
): Promise<DatabaseAddress> {
  if (settings.databaseUrl !== undefined) return databaseAddress(settings.databaseUrl)
  const embedded = await supervise({ name: 'The embedded database', start: () => startEmbedded(paths, children) })
  running.push(stopping(embedded, DATABASE_GRACE_MS))
  return embeddedAddress(paths.sockets)
}

function stopping(part: Supervised, graceMs: number): { stop(): Promise<void> } {
  return { stop: () => part.stop(graceMs) }
}

async function startWorker(
  order: PlatformOrder,
  { children, database }: { children: ChildrenRecord; database: DatabaseAddress },
  running: Running,
): Promise<void> {
  const { settings, paths, address } = order
  const wrangler = parseWranglerConfig(readFileSync(join(ROOT, 'wrangler.toml'), 'utf8'))
  const network = networkRules(settings.allowedNetworks)
  const probe = {
    socketPath: join(paths.sockets, 'probe.sock'),
    secret: randomBytes(32).toString('hex'),
    rules: network,
  }
  const probeServer = await startProbe(probe)
  running.push({ stop: () => closed(probeServer) })
  const renderer = await openRenderer(settings, { root: ROOT, paths, children })
  if (renderer) running.push(renderer)
  const entries = { worker: wrangler.main, r2: 'containers/selfhost/r2/index.ts' }
  await bundle({ root: ROOT, entries, outputDirectory: paths.build })
  const environment = {
    ...workerEnvironment(settings, address),
    // Another token secret signs everybody out; another encryption secret closes what was sealed.
    LAPIS_TOKEN_SECRET: keptSecret(paths.root, 'token-secret', settings.tokenSecret),
    LAPIS_ENCRYPTION_SECRET: keptSecret(paths.root, 'encryption-secret', settings.encryptionSecret),
  }
  const configFile = join(paths.build, 'workerd.capnp')
  const config = workerdConfig(wrangler, {
    listen: address.listen,
    durableObjectsDirectory: paths.durableObjects,
    blobsDirectory: paths.blobs,
    workerModule: 'worker.js',
    r2Module: 'r2.js',
    network,
    database,
    probe: { address: `unix:${probe.socketPath}`, secretHeader: { name: SECRET_HEADER, value: probe.secret } },
    environmentVariables: Object.keys(environment),
    ...(renderer && { renderer: { address: renderer.address, token: renderer.token } }),
    ...(wrangler.assets && { assetsDirectory: join(ROOT, wrangler.assets.directory) }),
  })
  // It holds the probe's secret and the database's password.
  writeFileSync(configFile, config, { mode: 0o600 })
  const start = () => startWorkerd({ configFile, environment, address: address.url, children })
  running.push(stopping(await supervise({ name: 'workerd', start }), WORKERD_GRACE_MS))
}

function workerEnvironment(settings: Settings, address: ListeningAddress): Record<string, string> {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
  return {
    ...settings.forWorker,
    LAPIS_ALLOW_PRIVATE_NETWORKS: settings.allowedNetworks.join(','),
    LAPIS_PUBLIC_URL: settings.publicUrl ?? address.url,
    LAPIS_VERSION: version,
  }
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
