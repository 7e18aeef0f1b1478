import type { DatabaseAddress } from '../database/address.ts'
import type { NetworkRules } from '../network-rules.ts'
import { type CapnpValue, capnpText, verbatim } from './capnp-text.ts'
import { platformWorkers } from './platform-workers.ts'
import { APPLICATION, DURABLE_OBJECTS, POSTGRES, RENDERER } from './service-names.ts'
import type { WranglerConfig } from './wrangler-config.ts'

/** What the generated config depends on beside wrangler.toml. */
export interface HostSettings {
  /** `host:port`, IPv6 in brackets. */
  listen: string
  durableObjectsDirectory: string
  blobsDirectory: string
  /** Bundles, as paths relative to the config file. */
  workerModule: string
  r2Module: string
  network: Pick<NetworkRules, 'allow' | 'deny'>
  database: DatabaseAddress
  probe: { address: string; secretHeader: { name: string; value: string } }
  /** Browsers behind Browser Run's protocol; absent where the operator wants none. */
  renderer?: { address: string; token: string }
  /** Names whose values workerd finds in its environment; they take the place of wrangler.toml's vars. */
  environmentVariables: readonly string[]
  /** Absolute; relative to the current directory it would depend on where the launcher was started. */
  assetsDirectory?: string
}

/** On Cloudflare and in workerd, `nodejs_compat` is on by itself from this date, and workerd refuses it when given. */
const NODEJS_COMPAT_BY_DEFAULT = '2026-08-04'
const DEFAULTED_FLAGS = new Set(['nodejs_compat', 'nodejs_compat_v2'])

/** The whole of workerd's configuration, as text. Pure: the same inputs give the same text. */
export function workerdConfig(wrangler: WranglerConfig, host: HostSettings): string {
  const services: CapnpValue[] = [
    internet(host),
    { name: DURABLE_OBJECTS, disk: { path: host.durableObjectsDirectory, writable: true } },
    { name: POSTGRES, external: { address: host.database.external, tcp: {} } },
    {
      name: 'probe',
      external: { address: host.probe.address, http: { injectRequestHeaders: [host.probe.secretHeader] } },
    },
    ...renderer(host),
    { name: APPLICATION, worker: applicationWorker(wrangler, host) },
    ...platformWorkers(wrangler, host),
    ...assets(wrangler, host),
  ]
  const config: CapnpValue = {
    services,
    sockets: [{ name: 'http', address: host.listen, http: {}, service: wrangler.assets ? 'assets' : APPLICATION }],
    logging: { structuredLogging: true },
  }
  return `using Workerd = import "/workerd/workerd.capnp";\n\nconst config :Workerd.Config = ${capnpText(config)};\n`
}

function internet(host: HostSettings): CapnpValue {
  const { allow, deny } = host.network
  return { name: 'internet', network: { allow, deny, tlsOptions: { trustBrowserCas: true } } }
}

function renderer({ renderer: wanted }: HostSettings): CapnpValue[] {
  if (!wanted) return []
  const injectRequestHeaders = [{ name: 'authorization', value: `Bearer ${wanted.token}` }]
  return [{ name: RENDERER, external: { address: wanted.address, http: { injectRequestHeaders } } }]
}

function applicationWorker(wrangler: WranglerConfig, host: HostSettings): CapnpValue {
  return {
    modules: [{ name: 'worker.js', esModule: verbatim(`embed ${capnpText(host.workerModule)}`) }],
    compatibilityDate: wrangler.compatibility_date,
    compatibilityFlags: compatibilityFlags(wrangler),
    bindings: [
      ...variables(wrangler, host),
      ...wrangler.durable_objects.bindings.map((bound) => ({
        name: bound.name,
        durableObjectNamespace: bound.class_name,
      })),
      ...wrangler.queues.producers.map(({ binding, queue }) => ({
        name: binding,
        queue: viaProps('queues', { queue }),
      })),
      ...wrangler.r2_buckets.map((bucket) => ({
        name: bucket.binding,
        r2Bucket: viaProps('r2', { bucket: bucket.bucket_name }),
      })),
      ...wrangler.hyperdrive.map(({ binding }) => ({ name: binding, hyperdrive: hyperdrive(host.database) })),
      { name: 'PROBE', service: 'probe' },
      ...(wrangler.browser && host.renderer ? [{ name: wrangler.browser.binding, service: RENDERER }] : []),
      ...(wrangler.assets?.binding
        ? [{ name: wrangler.assets.binding, service: { name: 'assets', entrypoint: 'AssetWorker' } }]
        : []),
    ],
    durableObjectNamespaces: durableObjectClasses(wrangler),
    durableObjectStorage: { localDisk: DURABLE_OBJECTS },
    globalOutbound: 'internet',
  }
}

function compatibilityFlags({ compatibility_date, compatibility_flags }: WranglerConfig): string[] {
  if (compatibility_date < NODEJS_COMPAT_BY_DEFAULT) return compatibility_flags
  return compatibility_flags.filter((flag) => !DEFAULTED_FLAGS.has(flag))
}

/** From the environment, so that the file holds no value an operator chose. */
function variables(wrangler: WranglerConfig, host: HostSettings): CapnpValue[] {
  const ours = new Set(host.environmentVariables)
  const fixed = Object.entries(wrangler.vars).filter(([name]) => !ours.has(name))
  return [
    ...fixed.map(([name, value]) =>
      typeof value === 'string' ? { name, text: value } : { name, json: JSON.stringify(value) },
    ),
    ...[...ours].map((name) => ({ name, fromEnvironment: name })),
  ]
}

/** The uniqueKey identifies the data on disk: what is stored under one is lost to another. It never changes. */
function durableObjectClasses({ migrations }: WranglerConfig): CapnpValue[] {
  const classes = migrations.flatMap((migration) => migration.new_sqlite_classes)
  return classes.map((className) => ({ className, uniqueKey: `lapis-${className}`, enableSql: true }))
}

function hyperdrive({ database, user, password }: DatabaseAddress): CapnpValue {
  return { designator: POSTGRES, database, user, password, scheme: 'postgres' }
}

function viaProps(name: string, props: Record<string, string>): CapnpValue {
  return { name, props: { json: JSON.stringify(props) } }
}

function assets({ assets: wanted, compatibility_date }: WranglerConfig, host: HostSettings): CapnpValue[] {
  if (!wanted) return []
  const { html_handling, not_found_handling, run_worker_first } = wanted
  const config = JSON.stringify({ html_handling, not_found_handling, run_worker_first })
  const path = host.assetsDirectory ?? wanted.directory
  return [{ name: 'assets', assets: { path, config, userWorker: APPLICATION, compatibilityDate: compatibility_date } }]
}
