import { type CapnpValue, capnpText, verbatim } from './capnp-text.ts'
import { APPLICATION, BLOBS, DURABLE_OBJECTS } from './service-names.ts'
import type { HostSettings } from './workerd-config.ts'
import type { WranglerConfig } from './wrangler-config.ts'

/** The date these Workers were tried with; the application's own date moves without them. */
const COMPATIBILITY_DATE = '2026-11-01'

/** The Workers beside the application: what queues, cron and R2 are on one's own machine. Only those in use. */
export function platformWorkers(wrangler: WranglerConfig, host: HostSettings): CapnpValue[] {
  const { producers, consumers } = wrangler.queues
  return [
    ...(producers.length + consumers.length > 0 ? [queues(wrangler)] : []),
    ...(wrangler.triggers.crons.length > 0 ? [cron(wrangler)] : []),
    ...(wrangler.r2_buckets.length > 0 ? r2(host) : []),
  ]
}

function queues(wrangler: WranglerConfig): CapnpValue {
  const consumers = wrangler.queues.consumers.map((consumer) => [
    consumer.queue,
    {
      consumer: APPLICATION,
      maxBatchSize: consumer.max_batch_size,
      maxBatchTimeout: consumer.max_batch_timeout,
      maxRetries: consumer.max_retries,
      deadLetterQueue: consumer.dead_letter_queue,
      retryDelay: consumer.retry_delay,
      maxConcurrency: consumer.max_concurrency,
    },
  ])
  return bundledWorker({
    name: 'queues',
    binding: { name: 'SHARD', className: 'QueueShard' },
    settings: { name: 'CONSUMERS', value: Object.fromEntries(consumers) },
  })
}

function cron(wrangler: WranglerConfig): CapnpValue {
  return bundledWorker({
    name: 'cron',
    binding: { name: 'SCHEDULE', className: 'Schedule' },
    settings: { name: 'CRONS', value: { [APPLICATION]: wrangler.triggers.crons } },
  })
}

interface BundledWorker {
  /** Of the service, and of the module that workerd brings with it. */
  name: string
  binding: { name: string; className: string }
  settings: { name: string; value: unknown }
}

function bundledWorker({ name, binding, settings }: BundledWorker): CapnpValue {
  const worker = {
    modules: [{ name, bundled: `/workerd/${name}.js` }],
    compatibilityDate: COMPATIBILITY_DATE,
    compatibilityFlags: ['service_binding_extra_handlers'],
    bindings: [
      { name: binding.name, durableObjectNamespace: binding.className },
      { name: settings.name, json: JSON.stringify(settings.value) },
      { name: APPLICATION, service: APPLICATION },
    ],
    durableObjectNamespaces: [{ className: binding.className, uniqueKey: `lapis-${name}`, enableSql: true }],
    durableObjectStorage: { localDisk: DURABLE_OBJECTS },
  }
  return { name, worker }
}

function r2(host: HostSettings): CapnpValue[] {
  const worker = {
    modules: [{ name: 'r2.js', esModule: verbatim(`embed ${capnpText(host.r2Module)}`) }],
    compatibilityDate: COMPATIBILITY_DATE,
    bindings: [
      { name: 'BUCKET', durableObjectNamespace: 'Bucket' },
      { name: 'BLOBS', service: BLOBS },
    ],
    durableObjectNamespaces: [{ className: 'Bucket', uniqueKey: 'lapis-r2', enableSql: true }],
    durableObjectStorage: { localDisk: DURABLE_OBJECTS },
  }
  return [
    { name: BLOBS, disk: { path: host.blobsDirectory, writable: true } },
    { name: 'r2', worker },
  ]
}
