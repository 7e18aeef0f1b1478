import { z } from 'zod'
import { Id, Time } from './common.ts'
import { Ignore } from './monitor.ts'

const Tag = z.string().min(1).max(50)

const fields = {
  tag: Tag.nullable().meta({ description: 'Of which monitors; null: of all in the workspace' }),
  ignore: Ignore.meta({ description: 'Added to what each monitor ignores by itself' }),
  channels: z
    .array(Id)
    .max(50)
    .meta({ description: 'For monitors that name none: those of their tags, or else of the workspace' }),
  mutedUntil: Time.nullable().meta({ description: 'What happens until then is kept and told to nobody' }),
  checksPerDay: z
    .number()
    .positive()
    .max(100_000_000)
    .nullable()
    .meta({ description: 'Of the workspace: checks that its adaptive monitors share; null: as many as each is worth' }),
}

export const PutMonitorSettings = z
  .strictObject({
    tag: fields.tag.default(null),
    ignore: fields.ignore.default([]),
    channels: fields.channels.default([]),
    mutedUntil: fields.mutedUntil.default(null),
    checksPerDay: fields.checksPerDay.default(null),
    updatedAt: z.unknown().optional(),
  })
  .refine(({ tag, checksPerDay }) => tag === null || checksPerDay === null, {
    message: 'a budget of checks is for all of a workspace: leave `tag` or this out',
    path: ['checksPerDay'],
  })
  .meta({ id: 'PutMonitorSettings' })
export type PutMonitorSettings = z.output<typeof PutMonitorSettings>

export const MonitorSettings = z.object({ ...fields, updatedAt: Time }).meta({ id: 'MonitorSettings' })
export type MonitorSettings = z.output<typeof MonitorSettings>

export const MonitorSettingsList = z.object({ data: z.array(MonitorSettings) })

/** Which settings are taken away: those of a tag, or without it of the workspace. */
export const MonitorSettingsQuery = z.strictObject({ tag: Tag.optional() })
