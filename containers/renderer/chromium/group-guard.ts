import { spawn } from 'node:child_process'

/** Holds a pipe from us; when it closes without the word `done`, we are gone, and the browser goes, its profile too. */
const SCRIPT = 'read -r word; [ "$word" = done ] && exit 0; kill -KILL -"$1"; sleep 0.2; rm -rf -- "$2"'

/** Ends a browser when this process dies, however it dies. Call the result when the browser has ended by itself. */
export function groupGuard(leader: number, profile: string): () => void {
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'lapis-browser-guard', String(leader), profile], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  shell.on('error', () => undefined)
  shell.stdin.on('error', () => undefined)
  shell.unref()
  return () => void shell.stdin.end('done\n')
}
