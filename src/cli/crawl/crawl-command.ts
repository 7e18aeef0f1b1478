import { Argument, Command, Option } from 'commander'
import { resolve } from 'node:path'
import { badArguments } from '../command-fault.ts'
import { hostFolder } from '../output/file-name.ts'
import { projectVersion, userDirectory } from '../project.ts'
import type { CrawlOrder, PageFormat, RenderChoice } from './crawl-order.ts'
import { fieldsFile } from './fields-file.ts'
import { pageFormats, pattern, serverUrl, wholeNumber } from './option-values.ts'
import { formerCrawl } from './former-crawl.ts'
import { startUrl } from './start-url.ts'

/** Where the crawl runs: the server that was named, or the platform on this machine. */
type PlatformChoice = { kind: 'local' } | { kind: 'given'; url: string; key: string } | { kind: 'demo' }

export interface CrawlCommand {
  /** Its `url` is empty for a demo: only its server knows. */
  order: CrawlOrder
  platform: PlatformChoice
  out: string
  json: boolean
  /** What was read into the arguments. */
  remark?: string
}

interface Given {
  limit?: number
  maxDepth?: number
  include: string[]
  exclude: string[]
  delay?: number
  concurrency?: number
  render: RenderChoice
  formats?: PageFormat[]
  fields?: string
  since?: string
  out?: string
  json?: true
  api?: string
  key?: string
  demo?: true
}

/** The platform's own bounds, see `CreateCrawl`: what it would refuse is refused before it is started. */
const LIMIT = wholeNumber(1, 1_000_000)
const DEPTH = wholeNumber(0, 1_000)
const DELAY = wholeNumber(0, 60_000)
const CONCURRENCY = wholeNumber(1, 64)

const DEFAULT_LIMIT = 100

type Environment = Readonly<Record<string, string | undefined>>

/** The `crawl` command; `run` gets what was asked for. */
export function crawlCommand(environment: Environment, run: (command: CrawlCommand) => Promise<void>): Command {
  return new Command('crawl')
    .description('Crawls a site and writes its pages as Markdown, JSON lines and a WARC archive.')
    .addArgument(new Argument('[url]', 'where to start; without a scheme, https is meant'))
    .option('--limit <pages>', `most pages to fetch (default: ${DEFAULT_LIMIT})`, LIMIT)
    .option('--max-depth <links>', 'most links away from the start', DEPTH)
    .addOption(
      new Option('--include <regex>', 'only URLs whose path matches; repeatable').argParser(pattern).default([], 'all'),
    )
    .addOption(
      new Option('--exclude <regex>', 'no URLs whose path matches; repeatable').argParser(pattern).default([], 'none'),
    )
    .option('--delay <ms>', 'least time between two requests (default: what the site wishes, else adaptive)', DELAY)
    .option('--concurrency <n>', 'most requests at the same time', CONCURRENCY)
    .addOption(new Option('--render <when>', 'use a browser').choices(['auto', 'never', 'always']).default('auto'))
    .option(
      '--formats <list>',
      'what to keep of a page: markdown,html,rawHtml,text,links,images,metadata,tables (default: markdown)',
      pageFormats,
    )
    .option('--fields <file>', 'values to read of each page: a JSON file, {"name":{"selector":"h1"}}')
    .option(
      '--since <crawl>',
      'fetch only what changed since a former crawl of the site: its id, or the folder of its result',
    )
    .option('--out <dir>', 'where to write (default: crawl-output/<host>)')
    .option('--json', 'progress and summary as JSON lines on stdout (npm run -s keeps npm quiet)')
    .option('--api <url>', 'use this Lapis Spider instead of the one on this machine', serverUrl)
    .option('--key <key>', 'API key for --api (default: $LAPIS_API_KEY)')
    .option('--demo', 'crawl a small site that comes with Lapis Spider')
    .version(projectVersion())
    .addHelpText('after', EXAMPLES)
    .action((url: string | undefined, given: Given) => run(commandOf(url, given, environment)))
}

const EXAMPLES = `
Examples:
  npm run crawl -- example.com
  npm run crawl -- https://example.com/docs/ --include '^/docs/' --limit 500 --out docs
  npm run crawl -- --demo

Exit codes: 0 completed, 1 failed or cancelled, 2 bad arguments, 130 interrupted (what was fetched is written).`

function commandOf(url: string | undefined, given: Given, environment: Environment): CrawlCommand {
  const start = given.demo ? demoStart(url, given) : startUrl(url ?? missingUrl())
  const folder = given.demo ? 'demo' : hostFolder(start.url)
  return {
    order: { ...orderOf(start.url, given), ...fieldsOf(given, environment), ...sinceOf(given, environment) },
    platform: platformOf(given, environment),
    out: resolve(userDirectory(environment), given.out ?? `crawl-output/${folder}`),
    json: given.json === true,
    ...(start.remark !== undefined && { remark: start.remark }),
  }
}

function missingUrl(): never {
  throw badArguments(
    'Which site? Give its URL, such as https://example.com/, or --demo for the site that comes with Lapis Spider.',
  )
}

function demoStart(url: string | undefined, given: Given): { url: string; remark?: string } {
  if (url !== undefined) throw badArguments(`--demo crawls its own site; leave out "${url}", or leave out --demo.`)
  if (given.api !== undefined)
    throw badArguments('--demo runs on a platform of its own; leave out --api, or leave out --demo.')
  return { url: '' }
}

function orderOf(url: string, given: Given): CrawlOrder {
  // The demo's server is on this machine and waits for nobody.
  const delayMs = given.delay ?? (given.demo ? 0 : undefined)
  return {
    url,
    limit: given.limit ?? DEFAULT_LIMIT,
    include: given.include,
    exclude: given.exclude,
    render: given.render,
    ...(given.maxDepth !== undefined && { maxDepth: given.maxDepth }),
    ...(delayMs !== undefined && { delayMs }),
    ...(given.concurrency !== undefined && { concurrency: given.concurrency }),
    ...(given.formats && { formats: given.formats }),
  }
}

function fieldsOf({ fields }: Given, environment: Environment): Pick<CrawlOrder, 'fields'> {
  return fields === undefined ? {} : { fields: fieldsFile(fields, userDirectory(environment)) }
}

function sinceOf({ since, demo }: Given, environment: Environment): Pick<CrawlOrder, 'since'> {
  if (since === undefined) return {}
  if (demo) throw badArguments('--demo runs on a platform of its own, which knows no former crawl; leave out --since.')
  return { since: formerCrawl(since, userDirectory(environment)) }
}

function platformOf(given: Given, environment: Environment): PlatformChoice {
  if (given.demo) return { kind: 'demo' }
  if (given.api === undefined) {
    if (given.key !== undefined)
      throw badArguments('--key is for --api; the platform on this machine keeps its own key.')
    return { kind: 'local' }
  }
  const key = given.key ?? environment['LAPIS_API_KEY']?.trim()
  if (!key) throw badArguments(`${given.api} needs a key: give --key, or set LAPIS_API_KEY.`)
  return { kind: 'given', url: given.api, key }
}
