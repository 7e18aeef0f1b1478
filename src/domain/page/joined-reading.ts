import type { FieldValue } from './fields/field-rules.ts'
import type { PageImage, PageLink, PageWarning } from './page.ts'
import type { HtmlReading } from './read-window.ts'

const IN_WINDOWS: PageWarning = {
  code: 'read_in_windows',
  detail:
    'The document is so large that it was read in windows, one after the other. Selectors and tables end with a window, and the main content was looked for in each.',
}

/** Said of a document only if it is true of all its windows. */
const OF_ALL = new Set(['no_text', 'nothing_included', 'main_content_uncertain'])

/** One reading of a document that was read in windows. What it says of itself is what its first window says. */
export class JoinedReading {
  private readonly readings: HtmlReading[] = []

  add(reading: HtmlReading): void {
    this.readings.push(reading)
  }

  reading(): HtmlReading {
    const { readings } = this
    const [first, second] = readings
    if (!first) throw new Error('A document has at least one window.')
    return second === undefined ? first : joined(first, readings)
  }
}

function joined(first: HtmlReading, readings: readonly HtmlReading[]): HtmlReading {
  const texts = (format: 'markdown' | 'html' | 'text', between: string) =>
    first[format] === undefined
      ? {}
      : {
          [format]: readings
            .map((reading) => reading[format])
            .filter(Boolean)
            .join(between),
        }
  const lists = <Item>(of: (reading: HtmlReading) => readonly Item[] | undefined) =>
    readings.flatMap((reading) => of(reading) ?? [])
  return {
    ...first,
    wordCount: readings.reduce((sum, { wordCount }) => sum + wordCount, 0),
    links: linksOf(readings),
    leads: lists(({ leads }) => leads),
    ...texts('markdown', '\n'),
    ...texts('text', '\n'),
    ...texts('html', '\n'),
    ...(first.images && { images: imagesOf(lists(({ images }) => images)) }),
    ...(first.tables && { tables: lists(({ tables }) => tables) }),
    ...(first.fields && { fields: fieldsOf(readings) }),
    ...(first.metadata && { metadata: metadataOf(readings) }),
    warnings: [...warningsOf(readings), IN_WINDOWS],
  }
}

function linksOf(readings: readonly HtmlReading[]): PageLink[] {
  const byUrl = new Map<string, PageLink>()
  for (const { links } of readings) {
    for (const link of links) {
      const known = byUrl.get(link.url)
      if (!known) byUrl.set(link.url, link)
      else if (known.text === '') known.text = link.text
    }
  }
  return [...byUrl.values()]
}

function imagesOf(images: readonly PageImage[]): PageImage[] {
  const byUrl = new Map<string, PageImage>()
  for (const image of images) if (!byUrl.get(image.url)?.alt) byUrl.set(image.url, image)
  return [...byUrl.values()]
}

/** Lists go on from window to window; a single value is the first that there is. */
function fieldsOf(readings: readonly HtmlReading[]): { [name: string]: FieldValue } {
  const joined: { [name: string]: FieldValue } = {}
  for (const { fields = {} } of readings) {
    for (const [name, value] of Object.entries(fields)) {
      const known = joined[name] ?? null
      joined[name] = Array.isArray(known) && Array.isArray(value) ? [...known, ...value] : (known ?? value)
    }
  }
  return joined
}

/** What is said twice counts where it is said first. */
function metadataOf(readings: readonly HtmlReading[]): Record<string, unknown> {
  return readings.reduceRight((later, { metadata }) => ({ ...later, ...metadata }), {} as Record<string, unknown>)
}

function warningsOf(readings: readonly HtmlReading[]): PageWarning[] {
  const warnings = new Map<string, PageWarning>()
  for (const reading of readings) {
    for (const warning of reading.warnings) warnings.set(`${warning.code} ${warning.detail}`, warning)
  }
  const isOfAll = (code: string) =>
    readings.every((reading) => reading.warnings.some((warning) => warning.code === code))
  return [...warnings.values()].filter(({ code }) => !OF_ALL.has(code) || isOfAll(code))
}
