import 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** PostgreSQL with all migrations applied; each run has its own. */
    databaseUrl: string
    /** Where stand-in sites are opened: see test/workerd/stand-in-site.ts. */
    siteServer: string
  }
}
