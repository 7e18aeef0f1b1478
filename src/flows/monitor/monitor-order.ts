import { CreateMonitor } from '../../contracts/api/monitor.ts'
import type { Fault } from '../../contracts/faults/fault.ts'
import { readAs } from '../../contracts/faults/read-as.ts'
import { isSameJson } from '../../domain/json/is-same-json.ts'
import { idleRules } from '../../domain/monitor/idle-rules.ts'
import { ruleFaults } from '../../domain/monitor/rule-faults.ts'
import { scheduleFaults } from '../../domain/monitor/schedule/schedule-faults.ts'
import { knownChannels } from '../../storage/postgres/monitors.ts'
import { patternFaults } from '../crawl/start-crawl.ts'
import { acceptableUrl } from '../acceptable-url.ts'
import type { Platform } from '../platform.ts'
import { invalid, refuseFaults } from '../problem.ts'
import { refuseUnusable } from '../refuse-unusable.ts'
import { refuseUnrenderable } from '../render/refuse-unrenderable.ts'
import { refuseMaxAge } from '../scrape/refuse-max-age.ts'
import { hasRedacted } from '../secrets/monitor-credentials.ts'
import { withOneRender } from './one-render.ts'
import { rulesOf } from './rules-of.ts'

/** Refuses at the door whatever could not work later; a bad timezone here can't stop anybody's checks there. */
export async function accepted(platform: Platform, workspaceId: string, given: CreateMonitor): Promise<CreateMonitor> {
  const wanted = withOneRender(given)
  refuseUnrenderable(platform, { ...wanted.scrapeOptions, formats: [], render: wanted.render })
  refuseFaults(monitorFaults(platform, wanted))
  refuseUnusableOptions(wanted)
  const url = await acceptableUrl(platform, wanted.url)
  await refuseUnknownChannels(platform, workspaceId, wanted.channels)
  return { ...wanted, url }
}

/** What is wrong with an order by itself: its schedule, its rules, the options of its site. */
export function monitorFaults({ now }: Pick<Platform, 'now'>, wanted: CreateMonitor): Fault[] {
  const rules = rulesOf(wanted)
  return [
    ...siteFaults(wanted),
    ...scheduleFaults(wanted, now().getTime()),
    ...ruleFaults(rules),
    ...idleRules(rules, wanted.target),
  ]
}

/** As far as the page is fetched by them; what is read of it is for the monitor's own rules to say. */
export function refuseUnusableOptions({
  scrapeOptions,
  target,
}: Pick<CreateMonitor, 'scrapeOptions' | 'target'>): void {
  if (!scrapeOptions) return
  refuseMaxAge(scrapeOptions, 'scrapeOptions.')
  refuseUnusable({ ...scrapeOptions, render: 'auto' }, 'scrapeOptions.')
  if (target === 'page') refuseFaults(idleOptions(scrapeOptions))
  if (hasRedacted(scrapeOptions))
    refuseFaults([
      { path: 'scrapeOptions', message: 'give the credentials themselves, not what is shown in their place' },
    ])
}

/** What GET shows of options that were not given is sent back by a PATCH, and changes nothing. */
function idleOptions(options: NonNullable<CreateMonitor['scrapeOptions']>): Fault[] {
  const { formats, onlyMainContent, includeSelectors, excludeSelectors } = options
  const idle = [
    { name: 'formats', isGiven: !isSameJson(formats, ['markdown']), instead: '`fields` watches single values' },
    { name: 'onlyMainContent', isGiven: !onlyMainContent, instead: 'set `normalise.keepBoilerplate`' },
    { name: 'includeSelectors', isGiven: includeSelectors.length > 0, instead: 'give `select.include`' },
    { name: 'excludeSelectors', isGiven: excludeSelectors.length > 0, instead: 'give `select.exclude`' },
  ]
  return idle
    .filter(({ isGiven }) => isGiven)
    .map(({ name, instead }) => ({
      path: `scrapeOptions.${name}`,
      message: `has no effect on what a monitor compares; leave it out: ${instead}`,
    }))
}

function siteFaults({ target, site }: CreateMonitor): Fault[] {
  if (!site) return []
  if (target !== 'site')
    return [
      { path: 'site', message: 'these are options of the crawls of a site: set `target` to "site", or leave them out' },
    ]
  return patternFaults(site).map(({ path, message }) => ({ path: `site.${path}`, message }))
}

export async function refuseUnknownChannels(
  platform: Platform,
  workspaceId: string,
  ids: readonly string[],
): Promise<void> {
  const known = await knownChannels(await platform.database(), workspaceId, ids)
  refuseFaults(
    ids.flatMap((id, index) =>
      known.has(id) ? [] : [{ path: `channels.${index}`, message: 'is no channel of this workspace' }],
    ),
  )
}

/** A monitor's options with changes to them; null takes away. Names that are no options are left out. */
export function edited(options: CreateMonitor, changes: Readonly<Record<string, unknown>>): CreateMonitor {
  const names = new Set(Object.keys(CreateMonitor.shape))
  const given = Object.entries(changes).filter(([name, value]) => names.has(name) && value !== undefined)
  const merged = Object.entries({ ...options, ...Object.fromEntries(given) }).filter(([, value]) => value !== null)
  const read = readAs(CreateMonitor, Object.fromEntries(merged))
  if (!read.ok) throw invalid(read.faults)
  return read.value
}
