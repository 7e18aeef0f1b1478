import { spawn } from 'node:child_process'

/**
 * Holds a pipe from us; when it closes without the word `done`, we are gone, and the browser goes, its profile too: not
 * before the last process has died, which would write into it. Dead ones that nobody collects are not waited for for ever.
 */
const SCRIPT = `read -r word
[ "$word" = done ] && exit 0
tries=0
while kill -KILL -"$1" 2>/dev/null && [ $tries -lt 100 ]; do sleep 0.05; tries=$((tries + 1)); done
rm -rf -- "$2"`

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
