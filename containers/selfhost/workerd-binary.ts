import { createRequire } from 'node:module'
import { StartFault } from './start-fault.ts'

const PACKAGES: Partial<Record<string, string>> = {
  'darwin-arm64': 'workerd-darwin-arm64',
  'darwin-x64': 'workerd-darwin-64',
  'linux-arm64': 'workerd-linux-arm64',
  'linux-x64': 'workerd-linux-64',
}

/** The native binary itself: `workerd`'s own command is a Node script whose pid would not be workerd's. */
export function workerdBinary(): string {
  const platform = `${process.platform}-${process.arch}`
  const name = PACKAGES[platform]
  if (!name)
    throw new StartFault(`workerd has no build for ${platform}; it runs on ${Object.keys(PACKAGES).join(', ')}`)
  const require = createRequire(import.meta.url)
  // The platform's package is a dependency of workerd's, not ours.
  const fromWorkerd = createRequire(require.resolve('workerd'))
  return fromWorkerd.resolve(`@cloudflare/${name}/bin/workerd`)
}
