import type { Platform, PlatformSource } from '../api/platform.ts'
import { CommandFault, interrupted } from '../command-fault.ts'
import { pause } from '../pause.ts'
import { isHealthy } from './health.ts'
import { isAlive, readInstance, readOwnerKey } from './instance.ts'
import { type PrivatePlatform, type PrivateSettings, startPrivatePlatform } from './private-platform.ts'

/** How long a platform of somebody else's may take to come up, or to give the data directory free. */
const SOMEBODY_ELSES_MS = 60_000
/** After that, whether it lives is left to the launcher's lock: a dead platform's pid may belong to somebody else by now. */
const COMES_UP_WITHIN_MS = 8_000
const LOOK_EVERY_MS = 300
/** Long enough for its owner to start it again; after that the crawl is finished on a platform of our own. */
const TAKE_OVER_AFTER_MS = 15_000

export interface LocalPlatform extends PlatformSource {
  /** undefined while a running platform is used that is not ours to stop. */
  own(): PrivatePlatform | undefined
  stop(): Promise<void>
}

export interface LocalSettings extends PrivateSettings {
  onStarting(): void
}

/**
 * The platform of a data directory: the one that runs there, else a private one. Crawls live in the data directory, so
 * whichever platform serves it next goes on with them.
 */
export async function localPlatform(settings: LocalSettings): Promise<LocalPlatform> {
  let { platform, own } = await locate(settings)
  const dataDirectory = settings.dataDirectory

  async function lookAgain(outageMs: number): Promise<void> {
    const moved = readInstance(dataDirectory)
    if (moved && isAlive(moved)) {
      platform = { url: moved.url, key: readOwnerKey(dataDirectory) }
      return
    }
    if (own?.isRunning()) return
    if (own === undefined && outageMs < TAKE_OVER_AFTER_MS) return
    const next = await locate(settings)
    platform = next.platform
    own = next.own
  }

  return { current: () => platform, lookAgain, own: () => own, stop: async () => own?.stop() }
}

interface Located {
  platform: Platform
  own: PrivatePlatform | undefined
}

async function locate(settings: LocalSettings): Promise<Located> {
  const { dataDirectory, signal } = settings
  for (const since = Date.now(); Date.now() - since < SOMEBODY_ELSES_MS; await pause(LOOK_EVERY_MS, signal)) {
    if (signal.aborted) throw interrupted()
    const running = readInstance(dataDirectory)
    if (running && isAlive(running)) {
      if (await isHealthy(running.url))
        return { platform: { url: running.url, key: readOwnerKey(dataDirectory) }, own: undefined }
      if (Date.now() - since < COMES_UP_WITHIN_MS) continue
    }
    settings.onStarting()
    const start = await startPrivatePlatform(settings)
    if (signal.aborted) throw await discarded(start)
    if (start.kind === 'ready')
      return { platform: { url: start.platform.url, key: readOwnerKey(dataDirectory) }, own: start.platform }
    if (start.kind === 'failed') throw new CommandFault(1, `Lapis Spider could not be started.\n${start.detail}`.trim())
  }
  throw new CommandFault(
    1,
    `Another process uses ${dataDirectory} but does not answer. Stop it, or set LAPIS_DATA_DIR to another directory.`,
  )
}

async function discarded(start: Awaited<ReturnType<typeof startPrivatePlatform>>): Promise<CommandFault> {
  if (start.kind === 'ready') await start.platform.stop()
  return interrupted()
}
