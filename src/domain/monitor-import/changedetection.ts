import { type Fields, type Imported, type Wanted, isFields, nameOf, saying, texts } from './imported.ts'

const UNIT_MINUTES: Readonly<Record<string, number>> = {
  weeks: 10_080,
  days: 1_440,
  hours: 60,
  minutes: 1,
  seconds: 1 / 60,
}

/** Of changedetection.io: its `url-watches.json`, or what its API lists. */
export function readChangedetection(text: string): Imported {
  const root: unknown = JSON.parse(text)
  const notes = new Set<string>()
  const imported: Imported = { wanted: [], refused: [], notes: [] }
  for (const [key, watch] of watchesOf(root)) {
    const [url] = isFields(watch) ? texts(watch['url']) : []
    if (!isFields(watch) || url === undefined) imported.refused.push({ entry: key, reason: 'it has no url' })
    else imported.wanted.push(wantedOf(watch, url, notes))
  }
  return { ...imported, notes: [...notes] }
}

function watchesOf(root: unknown): [string, unknown][] {
  if (Array.isArray(root)) return root.map((watch, index) => [`entry ${index + 1}`, watch])
  if (!isFields(root)) return []
  return Object.entries(isFields(root['watching']) ? root['watching'] : root)
}

function wantedOf(watch: Fields, url: string, notes: Set<string>): Wanted {
  noteLosses(watch, notes)
  return {
    name: nameOf(watch['title'], url),
    url,
    ...saying({
      tags: tagsOf(watch),
      schedule: scheduleOf(watch['time_between_check']),
      select: selectOf(watch, notes),
      ignore: texts(watch['ignore_text']),
      normalise: saying({
        sort: watch['sort_text_alphabetically'] === true,
        dedupe: watch['remove_duplicate_lines'] === true,
      }),
      trigger: triggerOf(watch),
      price: watch['processor'] === 'restock_diff' ? { stock: 'any' } : undefined,
      scrapeOptions: isFields(watch['headers']) ? saying({ headers: saying(watch['headers']) }) : undefined,
    }),
    ...(watch['paused'] === true && { enabled: false }),
  }
}

/** Tags are names in lists, one text with commas in old files; the API gives ids that mean nothing here. */
function tagsOf({ tags, tag }: Fields): string[] {
  const named = [...texts(tags), ...texts(tag).flatMap((each) => each.split(','))].map((each) => each.trim())
  return [...new Set(named)]
    .filter((each) => each !== '' && !/^[0-9a-f-]{36}$/.test(each))
    .map((each) => each.slice(0, 50))
}

function scheduleOf(between: unknown): { every: string } | undefined {
  if (!isFields(between)) return undefined
  const minutes = Object.entries(UNIT_MINUTES).reduce(
    (sum, [unit, worth]) => sum + (Number(between[unit]) || 0) * worth,
    0,
  )
  return minutes > 0 ? { every: `${Math.max(1, Math.round(minutes))}m` } : undefined
}

/** A filter is CSS unless it begins with `xpath:`, `xpath1:`, `//`, `json:`, `jq:` or `jqraw:`. */
function selectOf(watch: Fields, notes: Set<string>): Record<string, unknown> {
  const filters = texts(watch['include_filters'] ?? watch['css_filter'])
  const after = (prefix: RegExp): string[] =>
    filters.filter((filter) => prefix.test(filter)).map((filter) => filter.replace(prefix, ''))
  if (filters.some((filter) => /^jq(?:raw)?:/.test(filter))) notes.add('jq filters: write them as jsonPath')
  const removed = texts(watch['subtractive_selectors'])
  if (removed.some((selector) => /^(?:xpath\d?:|\/\/)/.test(selector))) notes.add('XPath among removed elements')
  return saying({
    include: filters.filter((filter) => !/^(?:xpath\d?:|\/\/|json:|jq(?:raw)?:)/.test(filter)),
    exclude: removed.filter((selector) => !/^(?:xpath\d?:|\/\/)/.test(selector)),
    xpath: [...after(/^xpath\d?:/), ...filters.filter((filter) => filter.startsWith('//'))],
    jsonPath: after(/^json:/),
  })
}

function triggerOf(watch: Fields): Record<string, unknown> {
  const kinds = [
    ['filter_text_added', 'added'],
    ['filter_text_removed', 'removed'],
    ['filter_text_replaced', 'changed'],
  ] as const
  const only = kinds.filter(([name]) => watch[name] !== false).map(([, kind]) => kind)
  return saying({
    contains: texts(watch['trigger_text']),
    notContains: texts(watch['text_should_not_be_present']),
    only: only.length > 0 && only.length < kinds.length ? only : undefined,
    onlyNewText: watch['check_unique_lines'] === true,
  })
}

function noteLosses(watch: Fields, notes: Set<string>): void {
  if (texts(watch['notification_urls']).length > 0) notes.add('notification URLs: make channels of them')
  if (texts(watch['fetch_backend'])[0]?.includes('webdriver'))
    notes.add('a browser is used where a page needs one (render: auto)')
  if (Array.isArray(watch['browser_steps']) && watch['browser_steps'].length > 0) notes.add('browser steps')
  if (texts(watch['method']).some((method) => method !== 'GET')) notes.add('methods other than GET')
  if (texts(watch['extract_text']).length > 0) notes.add('extract_text: write it as a selector')
}
