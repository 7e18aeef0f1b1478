import type { Env as WorkerEnv } from '../../workers/env.ts'
import type worker from '../../workers/index.ts'

declare global {
  namespace Cloudflare {
    /** `env` of cloudflare:workers: what wrangler.toml binds. */
    interface Env extends WorkerEnv {}
    /** Types `exports.default`, the Worker's own doors. */
    interface GlobalProps {
      mainModule: { default: typeof worker }
    }
  }
}
