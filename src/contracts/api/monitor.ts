import { z } from 'zod'
import { HttpUrl, Id, ListQuery, Time } from './common.ts'
import { CreateCrawl } from './crawl.ts'
import { Trigger } from './monitor-trigger.ts'
import { Duration, Interval, Schedule, Window } from './schedule.ts'
import { ScrapeOptions } from './scrape.ts'

const Expression = z.string().min(1).max(1_000)
const Expressions = z.union([Expression, z.array(Expression).min(1).max(20)])

const Select = z.strictObject({
  include: z.array(Expression).max(50).optional().meta({ description: 'CSS; several combine in their order' }),
  exclude: z.array(Expression).max(50).optional().meta({ description: 'CSS; taken out before anything is included' }),
  jsonPath: Expressions.optional(),
  xpath: Expressions.optional(),
})

const Normalise = z.strictObject({
  relativeTimes: z.boolean().optional(),
  counters: z.boolean().optional(),
  tokens: z.boolean().optional(),
  stamps: z.boolean().optional(),
  ignoreCase: z.boolean().optional(),
  keepBoilerplate: z.boolean().optional(),
  keepHidden: z.boolean().optional(),
  sort: z.boolean().optional(),
  dedupe: z.boolean().optional(),
  masks: z
    .array(z.strictObject({ key: z.string().max(1_000), shape: z.enum(['date', 'number', 'hash']) }))
    .max(500)
    .optional()
    .meta({ description: 'Blocks known to change by themselves: what `health.suggestedMasks` offers' }),
})

const JsonPath = z.string().min(1).max(500).optional().meta({ description: 'Where the body is JSON' })

const WatchedField = z
  .strictObject({
    selector: z.string().min(1).max(500).optional(),
    jsonPath: JsonPath,
    attribute: z.string().min(1).max(100).optional(),
    as: z.enum(['text', 'number', 'price', 'date']).optional(),
    locale: z.string().max(35).optional().meta({ description: 'BCP 47', example: 'de-DE' }),
  })
  .refine(({ selector, jsonPath }) => selector !== undefined || jsonPath !== undefined, {
    message: 'say where the value stands: `selector` in a page, `jsonPath` in a JSON body',
    path: ['selector'],
  })

const Price = z.strictObject({
  selector: z.string().min(1).max(500).optional(),
  jsonPath: JsonPath,
  locale: z.string().max(35).optional(),
  percent: z.number().min(0).max(1_000).optional().meta({ description: 'Of the price that was last told' }),
  below: z.number().optional(),
  above: z.number().optional(),
  stock: z.enum(['restock', 'any', 'ignore']).optional(),
})

const Confirm = z.strictObject({
  rechecks: z.number().int().min(1).max(10),
  after: Duration.meta({ description: 'Between two looks' }),
})

/** How the page is fetched; `render` is kept beside them. */
const WatchOptions = ScrapeOptions.omit({ render: true }).extend({
  render: ScrapeOptions.shape.render
    .unwrap()
    .optional()
    .meta({ description: 'As `render` of the monitor, which shows it' }),
})

/** What a crawl of a watched site may be told. */
const SiteOptions = CreateCrawl.pick({
  limit: true,
  maxDepth: true,
  includePaths: true,
  excludePaths: true,
  sitemap: true,
  allowSubdomains: true,
  entireDomain: true,
  ignoreQueryParameters: true,
  delayMs: true,
  maxConcurrency: true,
})

/** Text, or /regular expression/, that counts for nothing. */
export const Ignore = z.array(z.string().min(1).max(2_000)).max(200)

const given = {
  name: z.string().min(1).max(200),
  url: HttpUrl,
  schedule: Schedule,
}

/** Optional, and absent where they were not given: defaults are those of the rules. */
const chosen = {
  select: Select.optional(),
  ignore: Ignore.optional().meta({ description: 'Text, or /regular expression/' }),
  normalise: Normalise.optional(),
  fields: z.record(z.string().min(1).max(100), WatchedField).optional(),
  price: Price.optional(),
  trigger: Trigger.optional(),
  confirm: Confirm.optional(),
  remindAfter: Duration.optional().meta({ description: 'After an alert of failure; a day without it' }),
  mutedUntil: Time.optional().meta({ description: 'What happens until then is kept and told to nobody' }),
  alertWhenLate: Interval.optional().meta({ description: 'Told once when a check is due for so long and not made' }),
  scrapeOptions: WatchOptions.optional(),
  site: SiteOptions.optional().meta({ description: 'For the target `site`: options of its crawls' }),
}

const settled = {
  windows: z.array(Window).max(20),
  render: z.enum(['auto', 'never', 'always']),
  channels: z
    .array(Id)
    .max(50)
    .meta({ description: 'Told of this monitor; empty: those of its tags or workspace, or nobody' }),
  tags: z.array(z.string().min(1).max(50)).max(50),
  alertAfterFailures: z.number().int().min(1).max(1_000),
  target: z.enum(['page', 'site']),
  enabled: z.boolean(),
  historyLimit: z.number().int().min(2).max(1_000).meta({ description: 'Snapshots kept; older ones go' }),
}

const created = {
  ...given,
  ...chosen,
  windows: settled.windows.default([]),
  render: settled.render.default('auto'),
  channels: settled.channels.default([]),
  tags: settled.tags.default([]),
  alertAfterFailures: settled.alertAfterFailures.default(3),
  target: settled.target.default('page'),
  enabled: settled.enabled.default(true),
  historyLimit: settled.historyLimit.default(50),
}

export const CreateMonitor = z.strictObject(created).meta({ id: 'CreateMonitor' })
export type CreateMonitor = z.output<typeof CreateMonitor>

const shown = {
  id: Id,
  status: z.enum(['active', 'paused', 'failing']),
  nextCheckAt: Time.nullable(),
  lastCheckAt: Time.nullable(),
  lastChangeAt: Time.nullable(),
  health: z.object({
    failures: z.number().int().meta({ description: 'In a row' }),
    lastVerdict: z.string().nullable(),
    lastReason: z.string().nullable(),
    lateMs: z.number().int().meta({ description: 'How late the last check began' }),
    overdueMs: z.number().int().meta({ description: 'How late the next one is by now' }),
    whyNext: z.string().meta({ description: 'Why the next check is when it is' }),
    expectedDelayMs: z.number().int().meta({ description: 'How long a change stays unseen on average' }),
    suggestedMasks: z.array(z.record(z.string(), z.unknown())),
  }),
  feedUrl: z.string().meta({ description: 'Atom; whoever has this address can read it' }),
  createdAt: Time,
  updatedAt: Time,
}

export const Monitor = z.object({ ...given, ...chosen, ...settled, ...shown }).meta({ id: 'Monitor' })
export type Monitor = z.output<typeof Monitor>

/** What a PATCH may not change it may still name: what GET has given can be sent back. */
const ignored = Object.fromEntries(Object.keys(shown).map((name) => [name, z.unknown()]))

/** null takes away what need not be there. */
const removable = Object.fromEntries(Object.entries(chosen).map(([name, shape]) => [name, shape.nullable()])) as {
  [Name in keyof typeof chosen]: z.ZodNullable<(typeof chosen)[Name]>
}

export const PatchMonitor = z
  .strictObject({ ...given, ...settled, ...removable, ...ignored })
  .partial()
  .meta({ id: 'PatchMonitor' })
export const MonitorsQuery = ListQuery.extend({
  tag: z.string().max(50).optional(),
  status: z.enum(['active', 'paused', 'failing']).optional(),
})

const VERDICTS = ['baseline', 'unchanged', 'changed', 'suppressed', 'not_modified', 'failed'] as const

const Reason = z.object({ code: z.string(), detail: z.string() })

export const Check = z
  .object({
    id: Id,
    monitorId: Id,
    verdict: z.enum([...VERDICTS, 'queued']).meta({ description: '`queued`: under way' }),
    reason: z.string(),
    reasons: z.array(Reason),
    durationMs: z.number().int().nullable(),
    status: z.number().int().nullable().meta({ description: "The site's" }),
    lateMs: z.number().int(),
    snapshotId: Id.nullable(),
    at: Time,
  })
  .meta({ id: 'Check' })
export type Check = z.output<typeof Check>
