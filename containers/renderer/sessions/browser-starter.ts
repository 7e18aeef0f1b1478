import { type Chromium } from '../chromium/find-chromium.ts'
import { type RunningChromium, startChromium } from '../chromium/start-chromium.ts'
import { type EgressProxy, startEgressProxy } from '../egress/egress-proxy.ts'
import { throughUpstream } from '../egress/through-upstream.ts'
import { directly } from '../egress/way-out.ts'
import type { RendererSettings } from '../settings.ts'

/** A browser and its way out. */
export interface Browser {
  chromium: RunningChromium
  proxy: EgressProxy
}

/** What one session may receive: beyond any page, and far below what would hurt. */
const MOST_BYTES = 500_000_000
const MOST_SOCKETS = 256
const NO_SANDBOX = /No usable sandbox|without --no-sandbox|sandbox_host_linux|setuid sandbox/i

/** Starts browsers with everything that keeps them in: a proxy of their own, limits, and the sandbox where it works. */
export function browserStarter(settings: RendererSettings, chromium: Chromium, say: (line: string) => void) {
  // Chromium refuses its sandbox to root.
  let sandbox = process.getuid?.() !== 0
  const ownPorts = new Set<number>()
  const { allowedNetworks, upstream, token } = settings
  const wayOut = upstream
    ? throughUpstream({ ...upstream, token }, say)
    : directly({ allowedNetworks, isOwnPort: (port) => ownPorts.has(port) })

  const startWith = async (proxy: EgressProxy): Promise<RunningChromium> => {
    const { directory, heapMegabytes } = settings
    const order = { executable: chromium.path, directory, proxy: `127.0.0.1:${proxy.port}`, heapMegabytes, sandbox }
    try {
      return await startChromium(order)
    } catch (error) {
      if (!sandbox || !NO_SANDBOX.test(String(error))) throw error
      sandbox = false
      say('Chromium runs without its own sandbox: this system does not let it make user namespaces.')
      return startChromium({ ...order, sandbox })
    }
  }

  return async (): Promise<Browser> => {
    const proxy = await startEgressProxy({
      wayOut,
      listen: { host: '127.0.0.1', port: 0 },
      mostBytes: MOST_BYTES,
      mostSockets: MOST_SOCKETS,
    })
    ownPorts.add(proxy.port)
    try {
      const running = await startWith(proxy)
      ownPorts.add(running.port)
      void running.ended.then(() => {
        proxy.close()
        ownPorts.delete(running.port)
        ownPorts.delete(proxy.port)
      })
      return { chromium: running, proxy }
    } catch (error) {
      proxy.close()
      ownPorts.delete(proxy.port)
      throw error
    }
  }
}

export type StartBrowser = () => Promise<Browser>
