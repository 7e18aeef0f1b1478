import type { Role } from './role.ts'

/**
 * Whether somebody may turn a role into another; null is no membership. Owners answer for a workspace: only an owner makes,
 * changes or removes one.
 */
export function mayAssign(actor: Role, from: Role | null, to: Role | null): boolean {
  if (actor === 'owner') return true
  return actor === 'admin' && from !== 'owner' && to !== 'owner'
}
