import { z } from 'zod'

export const EventType = z
  .enum([
    'crawl.started',
    'crawl.page',
    'crawl.completed',
    'crawl.failed',
    'crawl.cancelled',
    'monitor.changed',
    'monitor.failing',
    'monitor.recovered',
    'monitor.late',
    'monitor.digest',
    'channel.disabled',
    'channel.test',
  ])
  .meta({ id: 'EventType' })
export type EventType = z.output<typeof EventType>

/** Too many, or too little in them, for anybody who is called to read each. */
const FOR_MACHINES: readonly EventType[] = ['crawl.started', 'crawl.page']

/** What a channel hears of that does not say: a webhook of everything, people of what they may want to know. */
export function defaultEvents(channelType: string): EventType[] {
  return channelType === 'webhook'
    ? [...EventType.options]
    : EventType.options.filter((type) => !FOR_MACHINES.includes(type))
}
