import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** A loopback site of pages of 40 KB, in a process of its own. */
export async function startBigSite(pages: number): Promise<{ url: string; close(): void }> {
  const script = fileURLToPath(new URL('big-site.ts', import.meta.url))
  const site = spawn(process.execPath, [script, String(pages)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await new Promise<string>((resolve) => site.stdout.once('data', (line) => resolve(String(line).trim())))
  return { url, close: () => void site.kill() }
}
