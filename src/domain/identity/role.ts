/** What a person may do in a workspace. */
export type Role = 'owner' | 'admin' | 'member' | 'viewer'

const READING = ['crawls:read', 'monitors:read', 'channels:read'] as const
const WORKING = [...READING, 'scrape', 'crawls:write', 'monitors:write', 'channels:write'] as const

/** People pass the same door as keys: a role is a set of scopes. Keys and the audit log are for those who run the workspace. */
export function scopesOf(role: Role): readonly string[] {
  switch (role) {
    case 'owner':
    case 'admin':
      return ['*']
    case 'member':
      return WORKING
    case 'viewer':
      return READING
  }
}
