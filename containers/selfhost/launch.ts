// `npm start`: the whole platform on one machine, from settings to the ready line, until it is told to stop.
import { constants } from 'node:os'
import { type DataPaths, prepareDataDirectory } from './data-directory.ts'
import { type InstanceLock, lockInstance } from './instance.ts'
import { listeningAddress } from './listening-address.ts'
import { say } from './log.ts'
import { type OwnerKey, ownerKey } from './owner-key.ts'
import { type Platform, startPlatform } from './platform.ts'
import { killLeftOvers } from './process/children-record.ts'
import { parseSettings } from './settings.ts'
import { StartFault } from './start-fault.ts'

const PARENT_POLL_MS = 500
/** Ctrl-C reaches this process from the terminal and again through npm and the bootstrap: only a later one is a second. */
const SAME_SIGNAL_MS = 500

let platform: Platform | undefined
let lock: InstanceLock | undefined
let stopping = false

try {
  await launch()
} catch (error) {
  lock?.release()
  // What the operator can mend is one line; anything else is a fault of ours, and its stack helps to mend that.
  if (!stopping)
    say(
      error instanceof StartFault
        ? error.message
        : `Lapis Spider can't start: ${error instanceof Error ? error.stack : error}`,
    )
  process.exit(stopping ? 0 : 1)
}

async function launch(): Promise<void> {
  const settings = parseSettings(process.env)
  const paths: DataPaths = prepareDataDirectory(settings.dataDirectory)
  lock = lockInstance(paths.root)
  stopOnSignals()
  if (process.argv.includes('--stop-with-parent')) stopWithParent()
  const leftOvers = await killLeftOvers(paths.root)
  if (leftOvers > 0) say('The last run was killed; what was left of it has been ended, and its work goes on.')
  const address = await listeningAddress(settings.host, settings.port)
  lock.announce(address.url, new Date())
  const key = ownerKey(paths.root, settings.apiKey)
  platform = await startPlatform({ settings, paths, address, ownerKey: key.key })
  if (stopping) return stop()
  tellKey(key)
  process.stdout.write(`Lapis Spider is ready on ${address.url}\n`)
}

function tellKey({ key, path, isNew }: OwnerKey): void {
  if (isNew) process.stdout.write(`Your API key, shown once and kept in ${path}:\n\n  ${key}\n\n`)
  else say(`Your API key is in ${path}.`)
}

function stopOnSignals(): void {
  let firstAt: number | undefined
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      const now = performance.now()
      // A second signal means: now.
      if (firstAt !== undefined && now - firstAt > SAME_SIGNAL_MS) process.exit(128 + constants.signals[signal])
      firstAt ??= now
      if (stopping) return
      stopping = true
      void stop()
    })
  }
}

/** npm and its shell may be killed without passing the signal on. */
function stopWithParent(): void {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent || stopping) return
    stopping = true
    void stop()
  }, PARENT_POLL_MS)
  timer.unref()
}

async function stop(): Promise<void> {
  // While it is still starting, `launch` comes back here when it has started.
  if (!platform) return
  await platform.stop()
  lock?.release()
  process.exit(0)
}
