import type { DiffFormat, MonitorDiff } from '../../src/contracts/api/monitor-change.ts'
import { DIFF_STYLE, renderInline, renderSideBySide } from '../../src/domain/monitor/diff/render/html.ts'
import { renderUnified } from '../../src/domain/monitor/diff/render/unified.ts'

/** A difference in the format that was asked for. */
export async function diffAnswer(diff: MonitorDiff, format: DiffFormat): Promise<Response> {
  const { before, after, url } = diff
  const names = namesOf(diff)
  switch (format) {
    case 'json':
      return Response.json(diff)
    case 'unified':
      return new Response(renderUnified(before, after, { names }), {
        headers: { 'content-type': 'text/x-diff; charset=utf-8' },
      })
    case 'html':
      return page(renderInline(before, after, { title: url, names }))
    case 'side-by-side':
      return page(renderSideBySide(before, after, { title: url, names }))
  }
}

function namesOf({ from, to, at }: MonitorDiff): [before: string, after: string] {
  return [from === null ? 'before' : `snapshot ${from}`, to === null ? `what was there at ${at}` : `snapshot ${to}`]
}

/** Text of strangers, all of it escaped; and should that ever fail, nothing in it may run, load or send. */
async function page(html: string): Promise<Response> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(DIFF_STYLE))
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)))
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox`
  return new Response(html, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
  })
}
