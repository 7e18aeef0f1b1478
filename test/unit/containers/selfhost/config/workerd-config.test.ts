import { describe, expect, it } from 'vitest'
import { type HostSettings, workerdConfig } from '../../../../../containers/selfhost/config/workerd-config.ts'
import { parseWranglerConfig } from '../../../../../containers/selfhost/config/wrangler-config.ts'

const HOST: HostSettings = {
  listen: '127.0.0.1:8787',
  durableObjectsDirectory: '/data/do',
  blobsDirectory: '/data/r2',
  workerModule: 'worker.js',
  r2Module: 'r2.js',
  network: { allow: ['public'], deny: ['0.0.0.0/8'] },
  database: { external: 'unix:/s', user: 'u', password: 'p%20w', database: 'd', connectionString: 'postgres://' },
  probe: { address: 'unix:/probe', secretHeader: { name: 'x-secret', value: 's3cret' } },
  environmentVariables: ['LAPIS_VERSION'],
}
const BASE = 'name = "x"\nmain = "index.ts"\ncompatibility_date = "2026-11-01"\n'
const generate = (toml: string, host: Partial<HostSettings> = {}) =>
  workerdConfig(parseWranglerConfig(BASE + toml), { ...HOST, ...host })

describe('each kind of binding', () => {
  it.each([
    ['vars', '[vars]\nGREETING = "hi"', '(name = "GREETING", text = "hi")'],
    ['vars that are no text', '[vars]\nMANY = 3', '(name = "MANY", json = "3")'],
    [
      'variables of ours, which are read from the environment',
      '',
      '(name = "LAPIS_VERSION", fromEnvironment = "LAPIS_VERSION")',
    ],
    [
      'Durable Objects',
      '[[durable_objects.bindings]]\nname = "F"\nclass_name = "Frontier"\n[[migrations]]\ntag = "v1"\nnew_sqlite_classes = ["Frontier"]',
      '(name = "F", durableObjectNamespace = "Frontier")',
    ],
    [
      'queues',
      '[[queues.producers]]\nqueue = "q"\nbinding = "Q"',
      '(name = "Q", queue = (name = "queues", props = (json = "{\\"queue\\":\\"q\\"}")))',
    ],
    [
      'R2',
      '[[r2_buckets]]\nbinding = "B"\nbucket_name = "bucket"',
      '(name = "B", r2Bucket = (name = "r2", props = (json = "{\\"bucket\\":\\"bucket\\"}")))',
    ],
    [
      'Hyperdrive',
      '[[hyperdrive]]\nbinding = "H"',
      'hyperdrive = (designator = "postgres", database = "d", user = "u", password = "p%20w", scheme = "postgres")',
    ],
    [
      'assets',
      '[assets]\ndirectory = "dist"\nbinding = "ASSETS"',
      '(name = "ASSETS", service = (name = "assets", entrypoint = "AssetWorker"))',
    ],
    ['the probe', '', '(name = "PROBE", service = "probe")'],
  ])('%s', (_, toml, written) => expect(generate(toml)).toContain(written))

  it('a browser, where the platform has one', () => {
    const toml = '[browser]\nbinding = "BROWSER"'
    expect(generate(toml)).not.toContain('BROWSER')
    const config = generate(toml, { renderer: { address: 'unix:/render', token: 't0ken' } })
    expect(config).toContain('(name = "BROWSER", service = "renderer")')
    expect(config).toContain('injectRequestHeaders = [(name = "authorization", value = "Bearer t0ken")]')
  })

  it("ours take the place of wrangler.toml's", () => {
    const config = generate('[vars]\nLAPIS_VERSION = "0"')
    expect(config).not.toContain('text = "0"')
  })
})

describe('what runs beside the Worker', () => {
  it('keeps the identity of a class on disk: its uniqueKey is a promise', () => {
    const config = generate('[[migrations]]\ntag = "v1"\nnew_sqlite_classes = ["Frontier"]')
    expect(config).toContain('(className = "Frontier", uniqueKey = "lapis-Frontier", enableSql = true)')
  })

  it('gives every setting of a consumer on', () => {
    const config = generate(
      '[[queues.consumers]]\nqueue = "q"\nmax_batch_size = 1\nmax_batch_timeout = 0\nmax_retries = 3\ndead_letter_queue = "dead"\nretry_delay = 7\nmax_concurrency = 2',
    )
    const consumers = {
      q: {
        consumer: 'lapis',
        maxBatchSize: 1,
        maxBatchTimeout: 0,
        maxRetries: 3,
        deadLetterQueue: 'dead',
        retryDelay: 7,
        maxConcurrency: 2,
      },
    }
    expect(config).toContain(JSON.stringify(JSON.stringify(consumers)))
  })

  it('is left out where it is not used', () => {
    const config = generate('')
    expect(config).not.toMatch(/queues\.js|cron\.js|r2\.js/)
  })

  it('runs the crons', () => {
    expect(generate('[triggers]\ncrons = ["* * * * *"]')).toContain('json = "{\\"lapis\\":[\\"* * * * *\\"]}"')
  })

  it('reaches the web by the rules given, and nothing else', () => {
    expect(generate('')).toContain(
      'network = (allow = ["public"], deny = ["0.0.0.0/8"], tlsOptions = (trustBrowserCas = true))',
    )
    expect(generate('')).toContain('globalOutbound = "internet"')
  })

  it('authorises the probe by a header that the Worker never sees', () => {
    expect(generate('')).toContain('injectRequestHeaders = [(name = "x-secret", value = "s3cret")]')
  })

  it('is entered through the assets when there are some', () => {
    expect(generate('[assets]\ndirectory = "dist"', { assetsDirectory: '/srv/dist' })).toMatch(
      /path = "\/srv\/dist".*service = "assets"/s,
    )
  })
})

describe('compatibility flags', () => {
  // workerd: "the compatibility flag nodejs_compat became the default as of 2026-08-04".
  it('leaves out what the date implies, which workerd refuses', () => {
    expect(generate('compatibility_flags = ["nodejs_compat", "other_flag"]')).toContain(
      'compatibilityFlags = ["other_flag"]',
    )
  })

  it('keeps it for an earlier date', () => {
    const toml =
      'name = "x"\nmain = "index.ts"\ncompatibility_date = "2026-08-03"\ncompatibility_flags = ["nodejs_compat"]'
    expect(workerdConfig(parseWranglerConfig(toml), HOST)).toContain('compatibilityFlags = ["nodejs_compat"]')
  })
})

describe('what the generator does not know', () => {
  it.each([
    ['[[kv_namespaces]]\nbinding = "K"\nid = "1"', 'wrangler.toml has [[kv_namespaces]]'],
    ['[browser]\nbinding = "B"\nremote = true', 'browser.remote'],
    ['[[queues.producers]]\nqueue = "q"\nbinding = "Q"\ndelivery_delay = 3', 'queues.producers.0.delivery_delay'],
    ['[[migrations]]\ntag = "v1"\nnew_sqlite_classes = []\ndeleted_classes = ["Old"]', 'migrations.0.deleted_classes'],
    [
      '[[durable_objects.bindings]]\nname = "F"\nclass_name = "Frontier"\nscript_name = "elsewhere"',
      'durable_objects.bindings.0.script_name',
    ],
  ])('is an error that names it: %s', (toml, name) => {
    expect(() => parseWranglerConfig(BASE + toml)).toThrow(name)
  })

  it.each([['[observability]\nenabled = true'], ['[env.staging]\nname = "y"'], ['workers_dev = false']])(
    "unless it is Cloudflare's business only: %s",
    (toml) => expect(() => parseWranglerConfig(BASE + toml)).not.toThrow(),
  )

  it('is not a way around broken TOML', () => {
    expect(() => parseWranglerConfig('name = ')).toThrow(/^wrangler.toml can't be read/)
  })
})
