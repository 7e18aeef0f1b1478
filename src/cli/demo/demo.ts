import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDemoSite } from './site.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface Demo {
  /** Start page of the demo site. */
  url: string
  /** For the platform that crawls it: its own data, gone afterwards. */
  dataDirectory: string
  environment: Environment
  close(): Promise<void>
}

/** Serves the demo site and makes a place for a platform that may reach it. */
export async function openDemo(environment: Environment): Promise<Demo> {
  const site = await createDemoSite()
  const dataDirectory = await mkdtemp(join(tmpdir(), 'lapis-demo-'))
  return {
    url: `${site.url}/`,
    dataDirectory,
    environment: {
      ...environment,
      LAPIS_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
      // A database of the user's own is no place for a demo.
      DATABASE_URL: '',
      // The page that answers 500 is tried three times; nobody wants to watch the waits between.
      LAPIS_TEST_CLOCK_SPEED: '20',
    },
    async close() {
      await site.close()
      await rm(dataDirectory, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
