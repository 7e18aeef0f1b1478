import { CreateMonitor } from '../../contracts/api/monitor.ts'
import { ruleFaults } from '../../domain/monitor/rule-faults.ts'
import { scheduleFaults } from '../../domain/monitor/schedule/schedule-faults.ts'
import { canonicalUrl } from '../../domain/url/canonical-url.ts'
import { knownChannels } from '../../storage/postgres/monitors.ts'
import { patternFaults } from '../crawl/start-crawl.ts'
import { refusePrivate } from '../refuse-private.ts'
import type { Platform } from '../platform.ts'
import { refuseFaults } from '../problem.ts'
import { refuseUnrenderable } from '../render/refuse-unrenderable.ts'
import { refuseMaxAge } from '../scrape/refuse-max-age.ts'
import { hasRedacted } from '../secrets/monitor-credentials.ts'
import { rulesOf } from './rules-of.ts'

/** Refuses at the door whatever could not work later; a bad timezone here can't stop anybody's checks there. */
export async function accepted(platform: Platform, workspaceId: string, wanted: CreateMonitor): Promise<CreateMonitor> {
  refuseUnrenderable(platform, { ...wanted.scrapeOptions, formats: [], render: wanted.render })
  refuseFaults(siteFaults(wanted))
  if (wanted.scrapeOptions) refuseMaxAge(wanted.scrapeOptions, 'scrapeOptions.')
  const url = await acceptableUrl(platform, wanted.url)
  refuseFaults(scheduleFaults(wanted, platform.now().getTime()))
  refuseFaults(ruleFaults(rulesOf(wanted)))
  await refuseUnknownChannels(platform, workspaceId, wanted.channels)
  if (wanted.scrapeOptions && hasRedacted(wanted.scrapeOptions))
    refuseFaults([
      { path: 'scrapeOptions', message: 'give the credentials themselves, not what is shown in their place' },
    ])
  return { ...wanted, url }
}

function siteFaults({ target, site }: CreateMonitor): { path: string; message: string }[] {
  if (!site) return []
  if (target !== 'site')
    return [
      { path: 'site', message: 'these are options of the crawls of a site: set `target` to "site", or leave them out' },
    ]
  return patternFaults(site).map(({ path, message }) => ({ path: `site.${path}`, message }))
}

export async function acceptableUrl(platform: Platform, url: string): Promise<string> {
  const canonical = canonicalUrl(url)
  if (!canonical.ok) {
    refuseFaults([{ path: 'url', message: canonical.reason }])
    return url
  }
  await refusePrivate(platform, canonical.url)
  return canonical.url
}

export async function refuseUnknownChannels(
  platform: Platform,
  workspaceId: string,
  ids: readonly string[],
): Promise<void> {
  const known = await knownChannels(await platform.database(), workspaceId, ids)
  refuseFaults(
    ids.flatMap((id, index) =>
      known.has(id) ? [] : [{ path: `channels.${index}`, message: 'there is no such channel in this workspace' }],
    ),
  )
}

/** A monitor's options with changes to them; null takes away. Names that are no options are left out. */
export function edited(options: CreateMonitor, changes: Readonly<Record<string, unknown>>): CreateMonitor {
  const names = new Set(Object.keys(CreateMonitor.shape))
  const given = Object.entries(changes).filter(([name, value]) => names.has(name) && value !== undefined)
  const merged = Object.entries({ ...options, ...Object.fromEntries(given) }).filter(([, value]) => value !== null)
  return CreateMonitor.parse(Object.fromEntries(merged))
}
