// The egress proxy as a process of its own: the one part of rendering that has a way to the web, and no browser in it.
import { egressSettings } from '../settings.ts'
import { startEgressProxy } from './egress-proxy.ts'
import { directly } from './way-out.ts'

/** Of all sessions together: each has its own, narrower bounds at its browser. */
const MOST_SOCKETS = 8_192

const { listen, token, allowedNetworks } = egressSettings(process.env)
const proxy = await startEgressProxy({
  wayOut: directly({ allowedNetworks, isOwnPort: (port) => port === listen.port }),
  listen,
  token,
  mostBytes: Number.POSITIVE_INFINITY,
  mostSockets: MOST_SOCKETS,
})
process.stdout.write('ready\n')
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    proxy.close()
    process.exit(0)
  })
