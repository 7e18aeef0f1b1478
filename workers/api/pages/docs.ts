import type { Context } from 'hono'
import { html } from 'hono/html'
import type { ApiTypes } from '../context.ts'
import { openApiDocument } from '../openapi.ts'
import { type Markup, page } from './layout.ts'

/** What is read of the document here; it has more. */
interface Described {
  summary?: string
  description?: string
  security?: unknown[]
  parameters?: { in: string; name: string; required?: boolean; description?: string; schema?: unknown }[]
  requestBody?: { content: Record<string, { schema?: unknown }> }
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: unknown }> }>
}

interface Operation extends Described {
  method: string
  path: string
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

/** The OpenAPI document to be read by people: everything is in the page, which needs no script and nobody else's host. */
export function docsPage(c: Context<ApiTypes>): Promise<Response> {
  const document = openApiDocument(c.get('config'))
  const operations = operationsOf(document.paths as Record<string, Record<string, Described>>)
  const groups = [...Map.groupBy(operations, ({ path }) => groupOf(path))]
  const schemas = Object.entries(document.components?.schemas ?? {})
  return page(
    c,
    'API',
    html`<p>
        Version ${document.info.version}. Send <code>Authorization: Bearer lps_…</code>. The same for machines:
        <a href="/openapi.json">openapi.json</a>; for Postman: <a href="/postman.json">postman.json</a>.
      </p>
      <nav>
        <ul>
          ${groups.map(([group]) => html`<li><a href="#${group}">${group}</a></li>`)}
          <li><a href="#shapes">shapes</a></li>
        </ul>
      </nav>
      ${groups.map(
        ([group, members]) =>
          html`<h2 id="${group}">${group}</h2>
            ${members.map(operationMarkup)}`,
      )}
      <h2 id="shapes">shapes</h2>
      ${schemas.map(
        ([name, schema]) =>
          html`<details id="${name}">
            <summary><code>${name}</code></summary>
            ${shape(schema)}
          </details>`,
      )}`,
  )
}

function operationsOf(paths: Record<string, Record<string, Described>>): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, described]) => ({ ...described, method: method.toUpperCase(), path })),
  )
}

function groupOf(path: string): string {
  return /^\/v1\/([^/]+)/.exec(path)?.[1] ?? 'operations'
}

function operationMarkup({ method, path, summary, description, security, ...rest }: Operation): Markup {
  const { parameters = [], requestBody, responses = {} } = rest
  return html`<details>
    <summary>
      <code><span class="method">${method}</span>${path}</code> ${summary}
    </summary>
    ${description && html`<p>${description}</p>`} ${security?.length === 0 ? html`<p>Open to all.</p>` : ''}
    ${parameters.length > 0 ? parametersMarkup(parameters) : ''}
    ${bodies(requestBody?.content).map(
      (schema) =>
        html`<h3>Body</h3>
          ${shape(schema)}`,
    )}
    <h3>Answers</h3>
    <table>
      ${Object.entries(responses).map(([status, response]) => answerMarkup(status, response))}
    </table>
  </details>`
}

function parametersMarkup(parameters: NonNullable<Described['parameters']>): Markup {
  const rows = parameters.map(
    ({ name, in: where, required, description, schema }) =>
      html`<tr>
        <td><code>${name}</code></td>
        <td>${where}${required ? ', needed' : ''}</td>
        <td>${description} ${shape(schema)}</td>
      </tr>`,
  )
  return html`<h3>Parameters</h3>
    <table>
      ${rows}
    </table>`
}

function answerMarkup(status: string, { description, content }: NonNullable<Described['responses']>[string]): Markup {
  const types = Object.keys(content ?? {}).join(', ')
  return html`<tr>
    <td><code>${status}</code></td>
    <td>
      ${description} ${types && html`<code>${types}</code>`} ${Number(status) < 300 ? bodies(content).map(shape) : ''}
    </td>
  </tr>`
}

function bodies(content: Record<string, { schema?: unknown }> | undefined): unknown[] {
  return Object.values(content ?? {}).flatMap(({ schema }) => schema ?? [])
}

function shape(schema: unknown): Markup | string {
  const name = /^#\/components\/schemas\/(\w+)$/.exec((schema as { $ref?: string } | undefined)?.$ref ?? '')?.[1]
  if (name !== undefined) return html`<a href="#${name}"><code>${name}</code></a>`
  return schema === undefined ? '' : html`<pre>${JSON.stringify(schema, null, 2)}</pre>`
}
