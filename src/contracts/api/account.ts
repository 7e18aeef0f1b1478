import { z } from 'zod'
import { AuditEvent } from './audit.ts'
import { Id, Time } from './common.ts'
import { Channel } from './channel.ts'
import { Crawl } from './crawl.ts'
import { Role } from './identity.ts'
import { ApiKey } from './key.ts'
import { Monitor } from './monitor.ts'

const OwnedWorkspace = z.object({
  id: Id,
  name: z.string(),
  role: Role,
  keys: z.array(ApiKey).meta({ description: 'Of workspaces that the person owns' }),
  crawls: z.array(Crawl).meta({ description: 'Likewise; what they recorded is to be had from /v1/crawls/{id}/export' }),
  monitors: z
    .array(Monitor)
    .meta({ description: 'Likewise; what they saw is to be had from /v1/monitors/{id}/changes' }),
  channels: z.array(Channel).meta({ description: 'Likewise; what is secret is named only' }),
})

/** Everything that is kept of a person (GDPR, articles 15 and 20). */
export const AccountExport = z
  .object({
    exportedAt: Time,
    user: z.object({ id: Id, email: z.string(), name: z.string().nullable(), createdAt: Time }),
    workspaces: z.array(OwnedWorkspace),
    sessions: z.array(z.object({ id: Id, workspaceId: Id, createdAt: Time, endedAt: Time.nullable() })),
    knownAddresses: z.array(z.object({ seenAt: Time })).meta({ description: 'The addresses are kept as hashes' }),
    invitations: z.array(z.object({ id: Id, role: Role, createdAt: Time })),
    auditEvents: z.array(AuditEvent),
  })
  .meta({ id: 'AccountExport' })
export type AccountExport = z.output<typeof AccountExport>
