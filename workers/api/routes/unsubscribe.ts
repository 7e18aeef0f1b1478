import { Hono } from 'hono'
import { UnsubscribeQuery } from '../../../src/contracts/api/delivery.ts'
import { unsubscribe } from '../../../src/flows/delivery/unsubscribe.ts'
import type { ApiTypes } from '../context.ts'
import { query } from '../input.ts'

/** Its form goes to its own address, token and all. */
const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>No more of these</title></head>
<body><form method="post"><button>Send me no more of these</button></form></body></html>
`

export const unsubscribing = new Hono<ApiTypes>()

// A GET changes nothing: mail programs and scanners open every link of a letter (RFC 8058 §3.1).
unsubscribing.get('/', (c) => {
  query(c, UnsubscribeQuery)
  c.header('content-security-policy', "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'")
  return c.html(PAGE)
})

unsubscribing.post('/', async (c) => {
  await unsubscribe(c.get('platform'), query(c, UnsubscribeQuery).token)
  return c.text('You get no more of these.\n')
})
