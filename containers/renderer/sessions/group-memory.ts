import { readFileSync, readdirSync } from 'node:fs'

const KIBIBYTE = 1_024

/**
 * Bytes that each process group has taken for itself, by its leader's pid: anonymous and shared memory, without files that
 * processes map in common. Where there is no /proc, nothing is known and nothing limited.
 */
export function groupMemory(leaders: ReadonlySet<number>): Map<number, number> {
  const bytes = new Map<number, number>()
  for (const pid of processIds()) {
    const group = groupOf(pid)
    if (group !== undefined && leaders.has(group)) bytes.set(group, (bytes.get(group) ?? 0) + ownMemory(pid))
  }
  return bytes
}

function processIds(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  } catch {
    return []
  }
}

function groupOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // proc_pid_stat(5): after the name in parentheses come state, parent and process group.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2])
  } catch {
    return undefined
  }
}

function ownMemory(pid: string): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const sizes = [...status.matchAll(/^Rss(?:Anon|Shmem):\s+(\d+) kB$/gm)]
    return sizes.reduce((sum, [, kibibytes]) => sum + Number(kibibytes) * KIBIBYTE, 0)
  } catch {
    return 0
  }
}
