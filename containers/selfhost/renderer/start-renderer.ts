import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { say } from '../log.ts'
import type { ChildrenRecord } from '../process/children-record.ts'
import { guard } from '../process/guard.ts'

export interface RendererOrder {
  /** The checkout. */
  root: string
  /** Where it listens: a Unix socket. */
  socketPath: string
  token: string
  /** Profiles, and a Chromium unpacked from npm. */
  directory: string
  allowedNetworks: readonly string[]
  children: ChildrenRecord
}

/** The operator's own settings for it, passed on as they are. */
const OWN_SETTINGS = ['LAPIS_CHROMIUM', 'LAPIS_RENDER_SESSIONS', 'LAPIS_RENDER_SPARES', 'LAPIS_RENDER_MEMORY_MB']

/** Resolves when the renderer takes calls. */
export function startRenderer(order: RendererOrder): Promise<ChildProcess> {
  const script = join(order.root, 'containers', 'renderer', 'main.ts')
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: environment(order),
  })
  const { pid } = child
  const watchman = pid === undefined ? undefined : guard(pid)
  if (pid !== undefined) order.children.add(pid)
  createInterface({ input: child.stderr }).on('line', say)
  return new Promise((resolve, reject) => {
    child.stdout.once('data', () => resolve(child))
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      watchman?.dismiss()
      if (pid !== undefined) order.children.remove(pid)
      reject(new Error(`The renderer ended (${signal ?? `exit code ${code}`})`))
    })
  })
}

function environment(order: RendererOrder): Record<string, string> {
  const own = OWN_SETTINGS.flatMap((name) => {
    const value = process.env[name]
    return value ? [[name, value] as const] : []
  })
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: order.directory,
    LAPIS_ALLOW_PRIVATE_NETWORKS: order.allowedNetworks.join(','),
    LAPIS_RENDERER_DIRECTORY: order.directory,
    LAPIS_RENDERER_LISTEN: order.socketPath,
    LAPIS_RENDERER_TOKEN: order.token,
    ...Object.fromEntries(own),
  }
}
