/** Month names, lower case and without points, by language; filled as languages are met. */
const known = new Map<string, ReadonlyMap<string, number>>()

/** 1 to 12 for a month's name or its abbreviation in that language or in English; 0 for any other word. */
export function monthNumber(word: string, language: string | null): number {
  const name = plain(word)
  return numberIn('en', name) || numberIn(spoken(language), name)
}

/** Whether numeric dates in this language have the month before the day. */
export function isMonthFirst(language: string): boolean {
  const parts = format(language, { day: 'numeric', month: 'numeric' }).formatToParts(0)
  return parts.find(({ type }) => type === 'day' || type === 'month')?.type === 'month'
}

/** The language without its region; English where its months are not known, so that no page can invent languages. */
function spoken(language: string | null): string {
  const [base = ''] = language?.split('-', 1) ?? []
  return /^[a-z]{2,3}$/.test(base) && Intl.DateTimeFormat.supportedLocalesOf(base).length > 0 ? base : 'en'
}

function numberIn(language: string, name: string): number {
  const names = known.get(language) ?? namesIn(language)
  known.set(language, names)
  return names.get(name) ?? beginning(names, name)
}

/** `sept`, `febr`: an abbreviation of one month only, of three letters or more. */
function beginning(names: ReadonlyMap<string, number>, name: string): number {
  if (name.length < 3) return 0
  const months = new Set([...names].filter(([whole]) => whole.startsWith(name)).map(([, month]) => month))
  const [only = 0] = months
  return months.size === 1 ? only : 0
}

/** Alone and beside a day: many languages decline them. */
const STYLES: readonly Intl.DateTimeFormatOptions[] = (['long', 'short'] as const).flatMap((month) => [
  { month },
  { day: 'numeric', month },
])

function namesIn(language: string): ReadonlyMap<string, number> {
  const names = new Map<string, number>()
  for (const style of STYLES) {
    const formatted = format(language, style)
    for (let month = 0; month < 12; month++) {
      const parts = formatted.formatToParts(Date.UTC(2024, month, 17))
      const name = plain(parts.find(({ type }) => type === 'month')?.value ?? '')
      if (name.length >= 2 && !names.has(name)) names.set(name, month + 1)
    }
  }
  return names
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll('.', '')
}

function format(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const inUtc = { ...options, timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn' }
  try {
    return new Intl.DateTimeFormat(language, inUtc)
  } catch {
    return new Intl.DateTimeFormat('en', inUtc)
  }
}
