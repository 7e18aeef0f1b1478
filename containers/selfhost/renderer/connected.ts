import { type NetConnectOpts, type Socket, connect } from 'node:net'

const CONNECT_WITHIN_MS = 5_000

/** Rejects with the system's reason. A name is looked up anew each time: a container that was started again has moved. */
export function connected(where: NetConnectOpts): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(where)
    const late = (): void => void socket.destroy(new Error(`no answer within ${CONNECT_WITHIN_MS / 1_000} s`))
    socket.setTimeout(CONNECT_WITHIN_MS, late)
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.setTimeout(0).off('error', reject).off('timeout', late)
      resolve(socket)
    })
  })
}
