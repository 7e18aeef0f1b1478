import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json. */
export const PROJECT_ROOT = fileURLToPath(new URL('../..', import.meta.url))

export function projectVersion(): string {
  const manifest = JSON.parse(readFileSync(resolve(PROJECT_ROOT, 'package.json'), 'utf8')) as { version: string }
  return manifest.version
}

type Environment = Readonly<Record<string, string | undefined>>

/** Where `npm start` keeps everything, named as the launcher names it: relative to the folder the command runs in. */
export function dataDirectory(environment: Environment): string {
  const chosen = environment['LAPIS_DATA_DIR']?.trim()
  return chosen ? resolve(chosen) : resolve(PROJECT_ROOT, '.lapis')
}

/**
 * What relative paths of the user are relative to: `npm run` changes to the project's folder and leaves the user's own
 * folder in INIT_CWD. Both are set by any npm further up as well, hence the look at which script it runs.
 */
export function userDirectory(environment: Environment): string {
  const home = environment['npm_lifecycle_event'] === 'crawl' ? environment['INIT_CWD'] : undefined
  return home ?? process.cwd()
}
