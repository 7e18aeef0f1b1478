/** What a list of another program asks for, in our words; not yet checked for being a monitor. */
export interface Imported {
  /** Monitors to be made, as POST /v1/monitors takes them; schedules are absent where the list has none. */
  wanted: Wanted[]
  refused: { entry: string; reason: string }[]
  /** What the other program had that has no counterpart here, each thing once. */
  notes: string[]
}

export type Wanted = { name: string; url: string } & Record<string, unknown>

export type Fields = Readonly<Record<string, unknown>>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function texts(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value]
  return list.filter((each): each is string => typeof each === 'string' && each.trim() !== '')
}

/** Only what says something: an empty list would be a rule, too. */
export function saying(fields: Fields): Record<string, unknown> {
  const kept = Object.entries(fields).filter(([, value]) => {
    if (value === undefined || value === false) return false
    if (Array.isArray(value)) return value.length > 0
    return !isFields(value) || Object.keys(value).length > 0
  })
  return Object.fromEntries(kept)
}

export function nameOf(title: unknown, url: string): string {
  return (texts(title)[0] ?? url).trim().slice(0, 200)
}
