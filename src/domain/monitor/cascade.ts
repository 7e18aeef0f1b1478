/** What a monitor's owner has said of it, or of all monitors with a tag or of a workspace. */
export interface Settings {
  ignore?: readonly string[] | undefined
  channels: readonly string[]
  mutedUntil?: Date | null | undefined
}

export interface Cascade {
  monitor: Settings
  /** Of the monitor's tags. */
  tags: readonly Settings[]
  workspace: Settings | undefined
}

/** What holds for one monitor. */
export interface InForce {
  ignore: string[]
  channels: string[]
  isMuted: boolean
}

/**
 * Monitor before tag before workspace. What is ignored adds up; channels are those of the nearest that names any; whoever is
 * muted anywhere says nothing.
 */
export function inForce({ monitor, tags, workspace }: Cascade, now: Date): InForce {
  const all = [monitor, ...tags, ...(workspace ? [workspace] : [])]
  const ofTags = tags.flatMap(({ channels }) => channels)
  const nearest = [monitor.channels, ofTags, workspace?.channels ?? []].find((channels) => channels.length > 0) ?? []
  return {
    ignore: [...new Set(all.flatMap(({ ignore = [] }) => ignore))],
    channels: [...new Set(nearest)],
    isMuted: all.some(({ mutedUntil }) => mutedUntil instanceof Date && mutedUntil > now),
  }
}
