import { createServer } from 'node:net'
import { StartFault } from './start-fault.ts'

export interface ListeningAddress {
  port: number
  /** `host:port`, IPv6 in brackets, for workerd's config. */
  listen: string
  /** The address as people open it. */
  url: string
}

/** Any free port where 0 is asked for; a port that is taken is found out before anything is started. */
export async function listeningAddress(host: string, wantedPort: number): Promise<ListeningAddress> {
  const port = await freePort(host, wantedPort)
  const bracketed = host.includes(':') ? `[${host}]` : host
  // 0.0.0.0 and :: are where a server listens, not where a browser goes.
  const reached = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : bracketed
  return { port, listen: `${bracketed}:${port}`, url: `http://${reached}:${port}` }
}

function freePort(host: string, wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => reject(fault(host, wanted, error)))
    server.listen({ host, port: wanted }, () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : wanted
      server.close(() => resolve(port))
    })
  })
}

function fault(host: string, port: number, error: NodeJS.ErrnoException): StartFault {
  if (error.code === 'EADDRINUSE')
    return new StartFault(
      `Port ${port} on ${host} is taken by another program; stop it, or set LAPIS_PORT to another port`,
    )
  if (error.code === 'EACCES')
    return new StartFault(`LAPIS_PORT is "${port}", which this user may not listen on; use one above 1023`)
  return new StartFault(`LAPIS_HOST is "${host}", which can't be listened on: ${error.message}`)
}
