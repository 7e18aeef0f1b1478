import { type ChildProcess, spawn } from 'node:child_process'

/** Holds a pipe from us; when it closes without the word `done`, we are gone, and the ward is asked, then made to end. */
const SCRIPT = 'read -r word; [ "$word" = done ] && exit 0; kill -TERM "$1"; sleep 3; kill -KILL "$1"'

export interface Guard {
  /** The ward has ended: its pid may soon be somebody else's. */
  dismiss(): void
}

/**
 * Ends a child when this process dies, however it dies. A shell is enough, portable, and a hundredth of a Node process.
 */
export function guard(pid: number): Guard {
  const shell: ChildProcess = spawn('/bin/sh', ['-c', SCRIPT, 'lapis-guard', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // Out of the terminal's process group: Ctrl-C is for the launcher.
    detached: true,
  })
  shell.on('error', () => undefined)
  shell.stdin?.on('error', () => undefined)
  shell.unref()
  return { dismiss: () => void shell.stdin?.end('done\n') }
}
