/** The calendar month of a moment in UTC, which is what quotas are for. */
export function monthOf(now: Date): { firstDay: string; endsAt: Date } {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()]
  return {
    firstDay: new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10),
    endsAt: new Date(Date.UTC(year, month + 1, 1)),
  }
}
