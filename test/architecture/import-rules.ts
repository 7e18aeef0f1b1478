import { glob, readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { layerFault } from './layers.ts'
import { importsOf } from './imports.ts'

const CODE = ['src', 'workers', 'durable-objects', 'containers']

/** Every import of the code that the table of layers (docs/architecture.md) forbids, one line each: file:line, what, why. */
export async function importFaults(root: string): Promise<string[]> {
  const faults: string[] = []
  for (const path of await codeFiles(root)) faults.push(...(await fileFaults(root, path)))
  return faults
}

async function codeFiles(root: string): Promise<string[]> {
  const files: string[] = []
  for (const folder of CODE) {
    const found = glob(`${folder}/**/*.{ts,tsx,mts,mjs,js}`, { cwd: root, exclude: (name) => name === 'node_modules' })
    for await (const file of found) files.push(file.replaceAll('\\', '/'))
  }
  return files.toSorted()
}

async function fileFaults(root: string, path: string): Promise<string[]> {
  const text = await readFile(join(root, path), 'utf8')
  return importsOf(path, text).flatMap(({ specifier, typeOnly, line }) => {
    const target = targetOf(path, specifier)
    const reason = layerFault({ from: path, to: target, typeOnly })
    return reason ? [`${path}:${line}  imports ${target}: ${reason}`] : []
  })
}

/** A path inside the checkout, or a package's or platform module's name. Own imports carry their extension, so no search. */
function targetOf(path: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier
  return posix.join(posix.dirname(path), specifier)
}
