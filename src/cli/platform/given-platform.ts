import type { PlatformSource } from '../api/platform.ts'
import { CommandFault } from '../command-fault.ts'
import { pause } from '../pause.ts'
import { isHealthy } from './health.ts'

/** A platform that has only just been started may need a moment; a wrong address never answers. */
const ATTEMPTS = 3
const BETWEEN_ATTEMPTS_MS = 700

/** The server that `--api` names. */
export async function givenPlatform(url: string, key: string, signal: AbortSignal): Promise<PlatformSource> {
  for (let attempts = 1; !(await isHealthy(url)); attempts++) {
    if (attempts === ATTEMPTS || signal.aborted)
      throw new CommandFault(1, `No Lapis Spider answers at ${url}. Is it running, and is that its address?`)
    await pause(BETWEEN_ATTEMPTS_MS, signal)
  }
  return { current: () => ({ url, key }), lookAgain: () => Promise.resolve() }
}
