import { z } from 'zod'
import { Id, ListQuery, Time } from './common.ts'

const AuditAction = z.enum([
  'account.registered',
  'account.renamed',
  'account.exported',
  'account.erased',
  'session.opened',
  'session.closed',
  'session.revoked',
  'password.changed',
  'password.reset_requested',
  'password.reset',
  'email.verified',
  'email.changed',
  'key.created',
  'key.rotated',
  'key.deleted',
  'invitation.created',
  'invitation.revoked',
  'invitation.accepted',
  'member.role_changed',
  'member.removed',
  'crawl.created',
  'crawl.cancelled',
  'crawl.paused',
  'crawl.resumed',
  'crawl.deleted',
  'monitor.created',
  'monitor.changed',
  'monitor.checked',
  'monitor.deleted',
  'monitor_settings.changed',
  'change.acknowledged',
  'change.unacknowledged',
  'channel.created',
  'channel.changed',
  'channel.rotated',
  'channel.tested',
  'channel.redelivered',
  'channel.deleted',
  'delivery.redelivered',
])
export type AuditAction = z.output<typeof AuditAction>

const AuditTarget = z.enum([
  'person',
  'session',
  'key',
  'invitation',
  'crawl',
  'monitor',
  'change',
  'workspace',
  'channel',
  'delivery',
])
export type AuditTarget = z.output<typeof AuditTarget>

export const AuditQuery = ListQuery.extend({ action: AuditAction.optional() })

export const AuditEvent = z
  .object({
    id: Id,
    at: Time,
    action: AuditAction,
    actor: z.object({
      kind: z.enum(['person', 'key']),
      id: Id,
      name: z.string().nullable().meta({ description: 'E-mail or name of the key; null once it is no more' }),
    }),
    target: z.object({ kind: AuditTarget, id: Id, name: z.string().nullable() }),
    address: z.string().nullable().meta({ description: 'Where the call came from' }),
    userAgent: z.string().nullable(),
  })
  .meta({ id: 'AuditEvent' })
export type AuditEvent = z.output<typeof AuditEvent>
