import { Container } from '@cloudflare/containers'

interface Env {
  /** Fetched pages and rendered ones go by the same rules. */
  LAPIS_ALLOW_PRIVATE_NETWORKS?: string
}

const PORT = 9_333

/**
 * The renderer of `containers/renderer` in a Cloudflare Container, which is started by the first call and put to sleep when
 * nobody renders. It can be reached through this object alone; its own egress proxies keep pages from private addresses.
 */
export class Renderer extends Container<Env> {
  override defaultPort = PORT
  override pingEndpoint = 'renderer/health'
  /** Longer than spare browsers are kept for whoever comes next. */
  override sleepAfter = '3m'
  override enableInternet = true
  override envVars = {
    LAPIS_RENDERER_TOKEN: this.#token(),
    LAPIS_ALLOW_PRIVATE_NETWORKS: this.env.LAPIS_ALLOW_PRIVATE_NETWORKS ?? '',
  }

  override fetch(request: Request): Promise<Response> {
    const headers = new Headers(request.headers)
    headers.set('authorization', `Bearer ${this.#token()}`)
    return this.containerFetch(new Request(request, { headers }), PORT)
  }

  /** Kept, because the container may outlive this object in memory. */
  #token(): string {
    const { kv } = this.ctx.storage
    const kept = kv.get<string>('token')
    if (kept !== undefined) return kept
    const token = crypto.randomUUID()
    kv.put('token', token)
    return token
  }
}
