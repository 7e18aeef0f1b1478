import { readFileSync, readdirSync } from 'node:fs'

const KIBIBYTE = 1_024

/** A process whose command or environment names a platform's data directory: its launcher and all that it has started. */
export interface Process {
  pid: number
  command: string
  group: string
}

/** Every process that belongs to the platform of this data directory, dead ones that nobody has collected included. */
export function processesOf(dataDirectory: string): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const command = contentOf(`/proc/${name}/cmdline`).replaceAll('\0', ' ')
      const isOurs = command.includes(dataDirectory) || contentOf(`/proc/${name}/environ`).includes(dataDirectory)
      return isOurs ? [{ pid: Number(name), command, group: groupOf(name) }] : []
    })
}

/** Those of browsers, of whatever type. */
export function browsersOf(dataDirectory: string): Process[] {
  return processesOf(dataDirectory).filter(({ command }) => command.includes('/renderer/profile-'))
}

/** Leaders of browsers: the processes that have started all others of theirs. */
export function leadersOf(dataDirectory: string): Process[] {
  return browsersOf(dataDirectory).filter(({ command }) => command.includes('--remote-debugging-port'))
}

/** The renderer, which lends browsers. */
export function rendererOf(dataDirectory: string): Process | undefined {
  return processesOf(dataDirectory).find(({ command }) => command.includes('containers/renderer/main.ts'))
}

/** Bytes that a process takes for itself, and its share of what it has in common with others. */
export function proportionalBytes(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB$/m.exec(contentOf(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * KIBIBYTE
}

function groupOf(pid: string): string {
  const stat = contentOf(`/proc/${pid}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2] ?? ''
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
