import { readPage } from '../../../src/domain/page/read-page.ts'

/** Reads the page in the request's body as often as `times` says. */
export default {
  async fetch(request: Request): Promise<Response> {
    const body = new Uint8Array(await request.arrayBuffer())
    const url = request.headers.get('x-page-url') ?? ''
    const times = Number(new URL(request.url).searchParams.get('times'))
    let words = 0
    for (let time = 0; time < times; time++) {
      const formats = new Set(['markdown', 'text', 'links'] as const)
      words = readPage({ url, contentType: 'text/html', body, formats, onlyMainContent: true }).wordCount
    }
    return Response.json(words)
  },
}
