import type { Env } from '../../../workers/env.ts'

declare global {
  namespace Cloudflare {
    // `env` of cloudflare:workers has what wrangler.toml binds.
    interface Env extends WorkerEnv {}
  }
  interface WorkerEnv extends Env {}
}
