/** What one check said of the time since the one before. */
export interface Observation {
  hours: number
  changed: boolean
}

/** Pages change their habits: what is older than this many checks says little of the next. */
const REMEMBERED = 60

export function remember(history: readonly Observation[], latest: Observation): Observation[] {
  return [...history, latest].slice(-REMEMBERED)
}
