import { accessSync, chmodSync, constants, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StartFault } from './start-fault.ts'

/** Where everything lies that the platform keeps or makes. */
export interface DataPaths {
  root: string
  postgres: string
  durableObjects: string
  blobs: string
  build: string
  /** Unix sockets; short enough for sockaddr_un. */
  sockets: string
}

/** sun_path has 104 bytes on macOS, 108 on Linux; the longest socket name here takes 15. */
const LONGEST_SOCKET_DIRECTORY_BYTES = 85

export function prepareDataDirectory(root: string): DataPaths {
  const paths = {
    root,
    postgres: join(root, 'postgres'),
    durableObjects: join(root, 'durable-objects'),
    blobs: join(root, 'r2'),
    build: join(root, 'build'),
  }
  try {
    for (const path of Object.values(paths)) mkdirSync(path, { recursive: true, mode: 0o700 })
    chmodSync(root, 0o700)
    accessSync(root, constants.R_OK | constants.W_OK | constants.X_OK)
    return { ...paths, sockets: socketDirectory(root) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new StartFault(`LAPIS_DATA_DIR is "${root}", which can't be written to (${reason})`)
  }
}

function socketDirectory(root: string): string {
  const inside = join(root, 'sockets')
  if (Buffer.byteLength(inside) > LONGEST_SOCKET_DIRECTORY_BYTES) return mkdtempSync(join(tmpdir(), 'lapis-'))
  mkdirSync(inside, { recursive: true, mode: 0o700 })
  return inside
}
