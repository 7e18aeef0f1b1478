import type { MonitorDigestNews, MonitorHappening } from './outgoing-event.ts'

/** Of one digest: what is left follows in others. */
export const MOST_IN_DIGEST = 100

/** Something that has waited for a digest. */
export type Gathered = { id: string; at: string } & MonitorHappening

/** Everything of `gathered` (oldest first, never empty) in one message; `more` is how much there is besides. */
export function digestOf(
  { id, name }: { id: string; name: string },
  gathered: readonly Gathered[],
  more: number,
): MonitorDigestNews {
  const count = (type: MonitorHappening['type']) => gathered.filter((each) => each.type === type).length
  return {
    channelId: id,
    name,
    since: gathered.at(0)?.at ?? '',
    until: gathered.at(-1)?.at ?? '',
    counts: {
      changed: count('monitor.changed'),
      failing: count('monitor.failing'),
      recovered: count('monitor.recovered'),
      late: count('monitor.late'),
    },
    events: gathered.map(({ at, ...each }) => ({ ...each, timestamp: at })),
    more,
  }
}
