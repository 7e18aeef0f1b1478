import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { DataPaths } from '../data-directory.ts'
import type { ChildrenRecord } from '../process/children-record.ts'
import type { Settings } from '../settings.ts'
import { childRenderer } from './child-renderer.ts'
import { connected } from './connected.ts'
import { openRendererDoor } from './renderer-door.ts'
import { startRenderer } from './start-renderer.ts'

const STOP_WITHIN_MS = 1_500

export interface OpenRenderer {
  /** For workerd: a socket, and the token that the renderer behind it wants. */
  address: string
  token: string
  stop(): Promise<void>
}

/** The operator's renderer where one is named, else a child of ours; undefined where none is wanted. */
export async function openRenderer(
  { forWorker, allowedNetworks, renderer }: Settings,
  { root, paths, children }: { root: string; paths: DataPaths; children: ChildrenRecord },
): Promise<OpenRenderer | undefined> {
  if (forWorker['LAPIS_RENDER'] === 'off') return undefined
  const socketPath = join(paths.sockets, 'render.sock')
  const address = `unix:${socketPath}`
  if (renderer) {
    const door = await openRendererDoor({ socketPath, reach: () => reached(renderer) })
    return { address, token: renderer.token, stop: async () => door.close() }
  }
  const rendererSocketPath = join(paths.sockets, 'browser.sock')
  const token = randomBytes(32).toString('hex')
  const directory = join(paths.root, 'renderer')
  const child = childRenderer(rendererSocketPath, () =>
    startRenderer({ root, socketPath: rendererSocketPath, token, directory, allowedNetworks, children }),
  )
  const door = await openRendererDoor({ socketPath, reach: child.reach })
  const stop = async (): Promise<void> => {
    door.close()
    await child.stop(STOP_WITHIN_MS)
  }
  return { address, token, stop }
}

async function reached({ host, port }: { host: string; port: number }) {
  try {
    return await connected({ host, port })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`The renderer of LAPIS_RENDERER_URL, ${host}:${port}, can't be reached: ${reason}`, {
      cause: error,
    })
  }
}
