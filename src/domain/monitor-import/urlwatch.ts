import { parseAllDocuments } from 'yaml'
import { type Fields, type Imported, type Wanted, isFields, nameOf, saying, texts } from './imported.ts'

/** Documents in one file: the format is one job each. */
const MOST_ALIASES = 100

/** Of urlwatch: its `urls.yaml`, one job a document. */
export function readUrlwatch(text: string): Imported {
  const notes = new Set<string>()
  const imported: Imported = { wanted: [], refused: [], notes: [] }
  for (const [index, document] of [...parseAllDocuments(text)].entries()) {
    const entry = `job ${index + 1}`
    const [error] = document.errors
    const job: unknown = error ? undefined : document.toJS({ maxAliasCount: MOST_ALIASES })
    if (job === null) continue
    if (!isFields(job)) imported.refused.push({ entry, reason: error?.message.split('\n')[0] ?? 'it is no job' })
    else takeJob(job, entry, imported, notes)
  }
  return { ...imported, notes: [...notes] }
}

function takeJob(job: Fields, entry: string, imported: Imported, notes: Set<string>): void {
  const [url] = texts(job['url'] ?? job['navigate'])
  const name = texts(job['name'])[0] ?? entry
  if (job['command'] !== undefined)
    imported.refused.push({ entry: name, reason: 'it runs a command; only pages are watched here' })
  else if (url === undefined) imported.refused.push({ entry: name, reason: 'it has no url' })
  else imported.wanted.push(wantedOf(job, url, notes))
}

function wantedOf(job: Fields, url: string, notes: Set<string>): Wanted {
  if (job['navigate'] !== undefined) notes.add('a browser is used where a page needs one (render: auto)')
  if (job['data'] !== undefined || job['method'] !== undefined) notes.add('methods other than GET')
  const rules = rulesOf(job['filter'], notes)
  const cookies = isFields(job['cookies'])
    ? Object.entries(job['cookies']).map(([name, value]) => ({ name, value: String(value) }))
    : []
  const headers = isFields(job['headers']) ? saying(job['headers']) : {}
  return {
    name: nameOf(job['name'], url),
    url,
    ...saying({
      tags: texts(job['tags']).map((tag) => tag.slice(0, 50)),
      select: saying({ include: rules.css, exclude: rules.exclude, xpath: rules.xpath, jsonPath: rules.jsonPath }),
      normalise: saying({ sort: rules.sort, dedupe: rules.dedupe }),
      trigger: job['additions_only'] ? { only: ['added', 'changed'] } : undefined,
      scrapeOptions: saying({ headers, cookies }),
    }),
  }
}

interface Rules {
  css: string[]
  exclude: string[]
  xpath: string[]
  jsonPath: string[]
  sort: boolean
  dedupe: boolean
}

/** What every check here does anyway. */
const DONE_ANYWAY = new Set(['html2text', 'strip', 'striplines', 'beautify', 'format-json', 'normalize'])

function rulesOf(filter: unknown, notes: Set<string>): Rules {
  const rules: Rules = { css: [], exclude: [], xpath: [], jsonPath: [], sort: false, dedupe: false }
  for (const [name, value] of stepsOf(filter)) if (!take(rules, name, value)) notes.add(`the filter ${name}`)
  return rules
}

/** A filter is a list of names or of names with a value; in old files one text such as `css:main,html2text`. */
function stepsOf(filter: unknown): [string, unknown][] {
  if (typeof filter === 'string')
    return filter.split(',').map((step) => [step.split(':')[0] ?? '', step.split(':').slice(1).join(':')])
  if (!Array.isArray(filter)) return []
  return filter.flatMap((step: unknown): [string, unknown][] => {
    if (typeof step === 'string') return stepsOf(step)
    return isFields(step) ? Object.entries(step) : []
  })
}

function take(rules: Rules, name: string, value: unknown): boolean {
  const [text] = isFields(value) ? texts(value['selector'] ?? value['path'] ?? value['query']) : texts(value)
  if (isFields(value) && (name === 'css' || name === 'xpath')) rules.exclude.push(...texts(value['exclude']))
  if (name === 'sort') rules.sort = true
  else if (name === 'remove-duplicate-lines') rules.dedupe = true
  else if (DONE_ANYWAY.has(name)) return true
  else if (text === undefined) return false
  else return takeSelector(rules, name, text)
  return true
}

function takeSelector(rules: Rules, name: string, text: string): boolean {
  if (name === 'css') rules.css.push(text)
  else if (name === 'xpath') rules.xpath.push(text)
  else if (name === 'jsonpath') rules.jsonPath.push(text)
  else if (name === 'element-by-id') rules.css.push(`[id="${text}"]`)
  else if (name === 'element-by-class') rules.css.push(`[class~="${text}"]`)
  else if (name === 'element-by-tag') rules.css.push(text)
  else return false
  return true
}
