import { readFileSync, readdirSync, readlinkSync } from 'node:fs'

const KIBIBYTE = 1_024

/** A process whose command, environment or place names a platform's data directory: its launcher and all that it has started. */
export interface Process {
  pid: number
  command: string
  group: number
  /** The profile folder of the browser that it belongs to. Tabs have written over their environment, but work there. */
  profile: string | undefined
}

/** Every process that belongs to the platform of this data directory, dead ones that nobody has collected included. */
export function processesOf(dataDirectory: string): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const command = contentOf(`/proc/${name}/cmdline`).replaceAll('\0', ' ')
      const traces = command + contentOf(`/proc/${name}/environ`) + placeOf(name)
      if (!traces.includes(dataDirectory)) return []
      const profile = /\/renderer\/(profile-[\w-]+)/.exec(traces)?.[1]
      return [{ pid: Number(name), command, group: groupOf(name), profile }]
    })
}

/** Those of browsers, of whatever type, and the shells that end them should the renderer die. */
export function browsersOf(dataDirectory: string): Process[] {
  return processesOf(dataDirectory).filter(({ profile }) => profile !== undefined)
}

/** Leaders of browsers: the processes that have started all others of theirs. */
export function leadersOf(dataDirectory: string): Process[] {
  return browsersOf(dataDirectory).filter(
    ({ pid, group, command }) => pid === group && command.includes('--remote-debugging-port'),
  )
}

/** The renderer, which lends browsers. */
export function rendererOf(dataDirectory: string): Process | undefined {
  return processesOf(dataDirectory).find(({ command }) => command.includes('containers/renderer/main.ts'))
}

/** Bytes that a process takes for itself, and its share of what it has in common with others. */
export function proportionalBytes(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB$/m.exec(contentOf(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * KIBIBYTE
}

function groupOf(pid: string): number {
  const stat = contentOf(`/proc/${pid}/stat`)
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2])
}

function placeOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return ''
  }
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
