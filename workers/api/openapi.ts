import { createDocument } from 'zod-openapi'
import { withEtags, withRefusals } from '../../src/contracts/openapi/answers.ts'
import { paths } from '../../src/contracts/openapi/paths.ts'
import type { Config } from '../config.ts'

/** OpenAPI 3.1, from the same shapes that validate requests. */
export function openApiDocument(config: Config) {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Lapis Spider',
      version: config.version,
      description: 'Websites in, clean and structured data out.',
    },
    servers: [{ url: config.publicUrl }],
    security: [{ apiKey: [] }, { accessToken: [] }, { browserSession: [] }],
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key (lps_…)' },
        browserSession: {
          type: 'apiKey',
          in: 'cookie',
          name: 'lapis_session',
          description:
            'From POST /v1/auth/session (`__Host-lapis_session` on HTTPS); every call that is not a GET needs X-CSRF-Token',
        },
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'From /v1/auth/login' },
      },
    },
    paths: withEtags(withRefusals(paths)),
  })
}
