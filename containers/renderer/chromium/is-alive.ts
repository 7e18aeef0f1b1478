import { get } from 'node:http'

const ANSWER_WITHIN_MS = 1_000

/** Whether a browser answers on its DevTools port: it may have been killed a moment ago, or hang. */
export function isAlive(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const asking = get({ host: '127.0.0.1', port, path: '/json/version', agent: false }, (answer) => {
      answer.once('error', () => resolve(false)).once('end', () => resolve(answer.statusCode === 200))
      answer.resume()
    })
    asking.setTimeout(ANSWER_WITHIN_MS, () => asking.destroy())
    asking.once('close', () => resolve(false)).on('error', () => resolve(false))
  })
}
