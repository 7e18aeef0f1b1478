import { StartFault } from '../start-fault.ts'

/** Where PostgreSQL is, as workerd's config and our own client need it. */
export interface DatabaseAddress {
  /** workerd's notation: `host:port` or `unix:/path`. */
  external: string
  /** As they stand in a URL: percent-encoded. workerd puts them into the Worker's connection string unchanged. */
  user: string
  password: string
  database: string
  /** For the launcher's own connection. */
  connectionString: string
}

/** Takes DATABASE_URL apart. `?host=/directory` is libpq's way to name a Unix socket. */
export function databaseAddress(databaseUrl: string): DatabaseAddress {
  const url = new URL(databaseUrl)
  refuseTls(url)
  const port = url.port || '5432'
  const directory = url.searchParams.get('host')
  return {
    external: directory?.startsWith('/') ? `unix:${directory}/.s.PGSQL.${port}` : `${url.hostname}:${port}`,
    user: url.username || 'postgres',
    password: url.password,
    database: url.pathname.slice(1),
    connectionString: databaseUrl,
  }
}

export function embeddedAddress(socketDirectory: string): DatabaseAddress {
  const connectionString = `postgres://postgres@localhost:5432/postgres?host=${encodeURIComponent(socketDirectory)}`
  return databaseAddress(connectionString)
}

// workerd speaks TLS from the first byte only, PostgreSQL negotiates it (SSLRequest) after one of its own.
function refuseTls(url: URL): void {
  const mode = url.searchParams.get('sslmode')
  if (mode === null || mode === 'disable' || mode === 'prefer' || mode === 'allow') return
  throw new StartFault(
    `DATABASE_URL has sslmode=${mode}, which workerd can't negotiate; use a private network, or PgBouncer beside it for TLS`,
  )
}
