import { headerValues } from './header-values.ts'

/**
 * Headers by which the makers of bot walls mark a challenge themselves. Looks of a page are no evidence: a site may well
 * write "Just a moment" on a page of its own.
 */
const MARKS: readonly { header: string; values: readonly string[]; wall: string }[] = [
  // Cloudflare, "Detect a Challenge Page response": set on every type of challenge page, with this one value.
  { header: 'cf-mitigated', values: ['challenge'], wall: 'Cloudflare' },
  // AWS WAF, "CAPTCHA and Challenge action behavior": a challenge comes as a 202, a CAPTCHA as a 405.
  { header: 'x-amzn-waf-action', values: ['challenge', 'captcha'], wall: 'AWS WAF' },
]

/** The bot wall that answered in the site's place, where its own header says so. */
export function botWall(headers: Iterable<readonly [string, string]>): string | undefined {
  const all = [...headers]
  const met = MARKS.find(({ header, values }) =>
    headerValues(all, header).some((value) => values.includes(value.trim().toLowerCase())),
  )
  return met?.wall
}
