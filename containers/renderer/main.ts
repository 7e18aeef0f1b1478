// The renderer: browsers for the Worker, behind Browser Run's protocol. Started by the launcher, or as a container.
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { HOW_TO_INSTALL, findChromium } from './chromium/find-chromium.ts'
import { rendererServer } from './server.ts'
import { browserStarter } from './sessions/browser-starter.ts'
import { SessionPool } from './sessions/session-pool.ts'
import { type RendererSettings, rendererSettings } from './settings.ts'

const settings = rendererSettings(process.env)
prepareDirectory(settings.directory)
const chromium = await findChromium(process.env, settings.directory)
if (!chromium) say(`No Chromium was found, so pages are read without a browser. ${HOW_TO_INSTALL}`)
const pool = chromium && new SessionPool(settings, browserStarter(settings, chromium, say))
const server = rendererServer({
  token: settings.token,
  pool,
  maxSessions: settings.maxSessions,
  howToInstall: HOW_TO_INSTALL,
})
await listen(server, settings)
process.stdout.write('ready\n')

let stopping = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (stopping) return
    stopping = true
    server.close()
    void (pool?.stop() ?? Promise.resolve()).then(() => process.exit(0))
  })

/** Profiles that a killed renderer could not remove. */
function prepareDirectory(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(directory))
    if (name.startsWith('profile-')) rmSync(join(directory, name), { recursive: true, force: true })
}

function listen(listener: Server, { listen: where }: RendererSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    listener.once('error', reject)
    const [, host, port] = /^(.*):(\d+)$/.exec(where) ?? []
    if (port !== undefined) listener.listen(Number(port), host, resolve)
    else {
      rmSync(where, { force: true })
      listener.listen(where, resolve)
    }
  })
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
