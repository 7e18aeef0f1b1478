import { counted } from '../../counted.ts'
import type { Reason } from '../block.ts'
import type { MonitorRules, TriggerRules } from '../rules.ts'
import type { Verdict } from '../verdict/decision.ts'
import { type ChangedPage, type NewPage, type SiteChange, type SiteNews, countOf, siteChange } from './site-change.ts'
import { type SecondLook, type SiteMemory, type Suspect, afterLook } from './site-memory.ts'

/** What a crawl of a site has found against the one that it is compared with. */
export interface SiteLook {
  /** Pages recorded. */
  pages: number
  new: readonly NewPage[]
  changed: readonly ChangedPage[]
  gone: readonly Suspect[]
  /** What became of those that had seemed to be gone, by URL. */
  secondLooks: ReadonlyMap<string, SecondLook>
  /** Pages that changed in ways that the rules don't tell. */
  suppressed: number
  /** Pages of the other crawl that could not be had. */
  missed: number
  /** Pages that could be had and not read. */
  unread: number
  /** No budget has ended either crawl. */
  isWhole: boolean
}

export interface SiteDecision {
  verdict: Extract<Verdict, 'changed' | 'suppressed' | 'unchanged'>
  reasons: readonly Reason[]
  change?: SiteChange
  memory: SiteMemory
  /** Whether there are pages to be looked at again before they are told as removed. */
  awaitsSecondLook: boolean
  /** Whether the next look is compared with this one. */
  movesBase: boolean
}

/** Tells what is new and changed at once, and what is gone once it is gone at two looks in a row; nothing twice. */
export function decideSite(look: SiteLook, memory: SiteMemory, trigger: TriggerRules = {}): SiteDecision {
  const { suspects, told } = memory
  const seemedGone = new Set(suspects.map(({ url }) => url))
  const wants = (kind: 'added' | 'removed' | 'changed') => trigger.only === undefined || trigger.only.includes(kind)
  const news: SiteNews = {
    // What had only seemed to be gone is no news.
    new: wants('added') ? look.new.filter(({ url }) => !seemedGone.has(url) && told[url] === undefined) : [],
    changed: wants('changed') ? look.changed.filter(({ url, hash }) => told[url] !== hash) : [],
    removed: wants('removed') ? suspects.filter(({ url }) => look.secondLooks.get(url) === 'gone') : [],
  }
  const after = afterLook(memory, look, news)
  const isTold = countOf(news) > 0
  const isHeld = look.suppressed > 0 || after.isDoubtful
  return {
    verdict: isTold ? 'changed' : isHeld ? 'suppressed' : 'unchanged',
    reasons: reasonsOf(look, news, after.memory.suspects.length),
    ...(isTold && { change: siteChange(news, look.pages) }),
    memory: after.memory,
    awaitsSecondLook: after.isDoubtful,
    movesBase: after.movesBase,
  }
}

function reasonsOf(look: SiteLook, news: SiteNews, waiting: number): Reason[] {
  const counts = `${counted(news.new.length, 'page')} new, ${news.changed.length} changed, ${news.removed.length} removed`
  const unchecked = look.missed + look.unread
  const found: (Reason | false)[] = [
    countOf(news) > 0
      ? { code: 'site_changed', detail: `${counts}, of ${look.pages}.` }
      : waiting + look.suppressed === 0 && {
          code: 'unchanged',
          detail: `None of ${counted(look.pages, 'page')} has changed.`,
        },
    waiting > 0 && {
      code: 'removal_unconfirmed',
      detail: `${counted(waiting, 'page was', 'pages were')} gone when last looked at; told if gone at the next look, too.`,
    },
    look.suppressed > 0 && {
      code: 'pages_suppressed',
      detail: `${counted(look.suppressed, 'page has', 'pages have')} changed in ways that are not to be told.`,
    },
    unchecked > 0 && {
      code: 'pages_unchecked',
      detail: `${counted(unchecked, 'page')} could not be had or read: nothing is concluded of that, nor of what is linked to from nowhere else.`,
    },
    !look.isWhole && {
      code: 'partial_crawl',
      detail: 'A budget has ended this crawl or the one before: which pages it has not met says nothing.',
    },
  ]
  return found.filter((reason) => reason !== false)
}

/** The rules for one page of a site: kinds are kinds of pages there, and it is looked at once. */
export function pageRules({ confirm: _ofTheSite, trigger, ...same }: MonitorRules): MonitorRules {
  if (!trigger) return same
  const { only: _ofPages, ...left } = trigger
  return { ...same, trigger: left }
}
