import type { Context } from 'hono'
import { html } from 'hono/html'
import type { ApiTypes } from '../context.ts'

/** No script at all, and a style sheet of our own. */
const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export type Markup = ReturnType<typeof html>

/** A page of ours. What is put into the markup is escaped by it. */
export async function page(
  c: Context<ApiTypes>,
  title: string,
  main: Markup,
  status: 200 | 503 = 200,
): Promise<Response> {
  c.header('content-security-policy', POLICY)
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Lapis Spider</title>
        <link rel="stylesheet" href="/pages.css" />
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${main}
        </main>
      </body>
    </html>`
  return c.html(document, status)
}

export const STYLE = `
:root { color-scheme: light dark; --line: #8884; --soft: #8882; --good: #1a7f37; --bad: #cf222e; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2rem; border-bottom: 1px solid var(--line); }
nav ul { columns: 12rem; padding-left: 1rem; }
code, pre { font: 0.9em/1.45 ui-monospace, monospace; }
pre { background: var(--soft); padding: 0.75rem; border-radius: 6px; overflow-x: auto; }
details { border: 1px solid var(--line); border-radius: 6px; margin: 0.5rem 0; padding: 0.4rem 0.75rem; }
summary { cursor: pointer; } summary code { font-weight: 600; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: 0.3rem 0.75rem 0.3rem 0; border-bottom: 1px solid var(--line); }
.ok { color: var(--good); } .unreachable { color: var(--bad); } .method { display: inline-block; min-width: 4.5em; }
`
