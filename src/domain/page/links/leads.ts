import type { PageLead, PageWarning } from '../page.ts'
import type { Survey } from '../survey.ts'
import { attribute } from '../tree/reading-nodes.ts'
import { metaRefresh } from './meta-refresh.ts'
import type { Resolver } from './resolve.ts'

/** The pages that a document leads to beside its links: its frames, and where it sends its readers by itself. */
export function findLeads(seen: Survey, resolver: Resolver): PageLead[] {
  const leads: PageLead[] = []
  for (const frame of seen.frames) {
    const src = attribute(frame, 'src')
    const url = src === '' ? null : resolver.web(src)
    if (url !== null) leads.push({ url, by: frame.name === 'frame' ? 'frame' : 'iframe' })
  }
  const refresh = refreshOf(seen, resolver)
  return refresh ? [...leads, { url: refresh.url, by: 'refresh' }] : leads
}

/** Somebody who reads such a page should know that its site shows another one instead. */
export function refreshWarnings(seen: Survey, resolver: Resolver): PageWarning[] {
  const refresh = refreshOf(seen, resolver)
  if (!refresh) return []
  const { url, afterSeconds } = refresh
  const when = afterSeconds === 0 ? 'at once' : `after ${afterSeconds} s`
  return [{ code: 'meta_refresh', detail: `The page sends its readers to ${url} ${when}.` }]
}

/** The first one counts. A page that only reloads itself leads nowhere. */
function refreshOf(seen: Survey, resolver: Resolver): { url: string; afterSeconds: number } | undefined {
  const said = seen.metas.get('refresh')?.map(metaRefresh).find(Boolean)
  const url = said && said.href !== '' ? resolver.web(said.href) : null
  return said && url !== null && url !== resolver.document ? { url, afterSeconds: said.afterSeconds } : undefined
}
