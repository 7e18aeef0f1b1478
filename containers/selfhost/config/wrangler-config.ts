import { parse } from 'smol-toml'
import { z } from 'zod'
import { StartFault } from '../start-fault.ts'

/** Cloudflare's business only: nothing of it changes what the Worker does here. `env` holds other deployments' settings. */
const CLOUDFLARE_ONLY = new Set([
  '$schema',
  'account_id',
  'env',
  'keep_vars',
  'limits',
  'logpush',
  'minify',
  'observability',
  'placement',
  'preview_urls',
  'route',
  'routes',
  'tail_consumers',
  'upload_source_maps',
  'workers_dev',
])

const WranglerConfig = z.strictObject({
  name: z.string(),
  main: z.string(),
  compatibility_date: z.iso.date(),
  compatibility_flags: z.array(z.string()).default([]),
  vars: z.record(z.string(), z.json()).default({}),
  triggers: z.strictObject({ crons: z.array(z.string()).default([]) }).default({ crons: [] }),
  durable_objects: z
    .strictObject({ bindings: z.array(z.strictObject({ name: z.string(), class_name: z.string() })) })
    .default({ bindings: [] }),
  migrations: z.array(z.strictObject({ tag: z.string(), new_sqlite_classes: z.array(z.string()) })).default([]),
  queues: z
    .strictObject({
      producers: z.array(z.strictObject({ queue: z.string(), binding: z.string() })).default([]),
      consumers: z
        .array(
          z.strictObject({
            queue: z.string(),
            max_batch_size: z.int().optional(),
            max_batch_timeout: z.number().optional(),
            max_retries: z.int().optional(),
            dead_letter_queue: z.string().optional(),
            retry_delay: z.number().optional(),
            max_concurrency: z.int().optional(),
          }),
        )
        .default([]),
    })
    .default({ producers: [], consumers: [] }),
  r2_buckets: z
    .array(z.strictObject({ binding: z.string(), bucket_name: z.string(), preview_bucket_name: z.string().optional() }))
    .default([]),
  hyperdrive: z
    .array(
      z.strictObject({ binding: z.string(), id: z.string().optional(), localConnectionString: z.string().optional() }),
    )
    .default([]),
  browser: z.strictObject({ binding: z.string() }).optional(),
  assets: z
    .strictObject({
      directory: z.string(),
      binding: z.string().optional(),
      html_handling: z.string().optional(),
      not_found_handling: z.string().optional(),
      run_worker_first: z.union([z.boolean(), z.array(z.string())]).optional(),
    })
    .optional(),
})

export type WranglerConfig = z.infer<typeof WranglerConfig>

/** Reads wrangler.toml. What is not understood is refused: left out, it would be missing at run time without a word. */
export function parseWranglerConfig(toml: string): WranglerConfig {
  const table = parseToml(toml)
  const relevant = Object.fromEntries(Object.entries(table).filter(([key]) => !CLOUDFLARE_ONLY.has(key)))
  const unknown = Object.keys(relevant).find((key) => !(key in WranglerConfig.shape))
  if (unknown) throw unknownKey(Array.isArray(relevant[unknown]) ? `[[${unknown}]]` : unknown)
  const parsed = WranglerConfig.safeParse(relevant)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const path = issue?.path.join('.') ?? ''
  if (issue?.code === 'unrecognized_keys') throw unknownKey(`${path}.${issue.keys[0]}`)
  throw new StartFault(`wrangler.toml: ${path}: ${issue?.message}`)
}

function parseToml(toml: string): Record<string, unknown> {
  try {
    return parse(toml)
  } catch (error) {
    throw new StartFault(
      `wrangler.toml can't be read: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
    )
  }
}

function unknownKey(what: string): StartFault {
  return new StartFault(
    `wrangler.toml has ${what}, which the self-host generator does not know; add it to containers/selfhost/config`,
  )
}
