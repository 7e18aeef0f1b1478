import { Hono } from 'hono'
import type { ApiTypes } from '../context.ts'
import { openApiDocument } from '../openapi.ts'
import { type Described, postmanCollection } from '../postman/collection.ts'
import { docsPage } from '../pages/docs.ts'
import { STYLE } from '../pages/layout.ts'

export const documentation = new Hono<ApiTypes>()

documentation.get('/openapi.json', (c) => c.json(openApiDocument(c.get('config'))))

/** The same for Postman, to be imported by this address. */
documentation.get('/postman.json', (c) => {
  const config = c.get('config')
  return c.json(postmanCollection(openApiDocument(config) as unknown as Described, config.publicUrl))
})

documentation.get('/docs', docsPage)

documentation.get('/pages.css', (c) =>
  c.body(STYLE, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=3600' }),
)

/** What this crawler is and how to stop it: the address in every User-Agent that we send. */
documentation.get('/bot', (c) => {
  const { productToken, userAgent, version } = c.get('config')
  return c.text(
    `${productToken} ${version} fetches web pages for people who run Lapis Spider.

It obeys robots.txt (RFC 9309) and nofollow, keeps Crawl-delay (up to 30 seconds) and Retry-After, and slows down when
a site does: at most a few requests at a time for one domain, whoever asks for its pages. A 429 or 503 stops all of them.
It comes as: ${userAgent}

To keep it out, put this into your robots.txt:

  User-agent: ${productToken}
  Disallow: /
`,
  )
})
