import { getResolvedPDFJS } from 'unpdf'

/** What one show operator of a page writes, as PDF.js tells it. */
export interface PdfItem {
  str: string
  /** Of the written text, in points. */
  width: number
  /** The text matrix (ISO 32000-1 §9.4.2): [a, b, c, d, x, y]. */
  transform: readonly number[]
  hasEOL: boolean
}

export interface PdfLink {
  url: string
  /** [left, bottom, right, top], in points. */
  rect: readonly number[]
}

export interface PdfPage {
  items: PdfItem[]
  links: PdfLink[]
  /** More was on the page than was asked for. */
  cut: boolean
}

export interface OpenedPdf {
  pageCount: number
  info: Readonly<Record<string, unknown>>
  /** Pages count from 1. Rejects for a page that is damaged. */
  page(number: number, mostItems: number): Promise<PdfPage>
  close(): Promise<void>
}

export type PdfOpening =
  | { kind: 'opened'; pdf: OpenedPdf }
  | { kind: 'encrypted' }
  | { kind: 'damaged'; detail: string }

/** Opens a PDF without fonts, images or scripts: only what text needs. The bytes stay the caller's. */
export async function openPdf(bytes: Uint8Array): Promise<PdfOpening> {
  const { getDocument } = await getResolvedPDFJS()
  const loading = getDocument({
    // PDF.js takes the buffer that it is given for itself.
    data: bytes.slice(),
    disableAutoFetch: true,
    disableFontFace: true,
    disableStream: true,
    maxImageSize: 0,
    stopAtErrors: false,
    useSystemFonts: false,
    useWasm: false,
    verbosity: 0,
  })
  try {
    return { kind: 'opened', pdf: await opened(await loading.promise) }
  } catch (error) {
    await loading.destroy()
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    return name === 'PasswordException' ? { kind: 'encrypted' } : { kind: 'damaged', detail: message }
  }
}

type Proxy = Awaited<ReturnType<Awaited<ReturnType<typeof getResolvedPDFJS>>['getDocument']>['promise']>
type ProxyPage = Awaited<ReturnType<Proxy['getPage']>>

async function opened(proxy: Proxy): Promise<OpenedPdf> {
  return {
    pageCount: proxy.numPages,
    info: await infoOf(proxy),
    page: async (number, mostItems) => {
      const page = await proxy.getPage(number)
      const links = await linksOf(page)
      const read = { ...(await itemsOf(page, mostItems)), links }
      page.cleanup()
      return read
    },
    close: () => proxy.loadingTask.destroy(),
  }
}

async function infoOf(proxy: Proxy): Promise<Record<string, unknown>> {
  try {
    const { info } = await proxy.getMetadata()
    return Object.fromEntries(Object.entries(info))
  } catch {
    return {}
  }
}

async function linksOf(page: ProxyPage): Promise<PdfLink[]> {
  try {
    const annotations = (await page.getAnnotations()) as { url?: unknown; rect?: unknown }[]
    return annotations.flatMap(({ url, rect }) =>
      typeof url === 'string' && Array.isArray(rect) ? [{ url, rect: rect as number[] }] : [],
    )
  } catch {
    return []
  }
}

/** Read in pieces, so that no page can pile up more than is asked for. */
async function itemsOf(page: ProxyPage, mostItems: number): Promise<Pick<PdfPage, 'items' | 'cut'>> {
  const items: PdfItem[] = []
  const reader = textReader(page)
  for (;;) {
    const { done, value } = await reader.read()
    for (const item of value?.items ?? []) if (isText(item)) items.push(item)
    if (done) return { items, cut: false }
    if (items.length < mostItems) continue
    await reader.cancel(new Error('enough'))
    return { items, cut: true }
  }
}

interface TextReader {
  read(): Promise<{ done: boolean; value?: { items: unknown[] } }>
  cancel(reason: Error): Promise<void>
}

/** Its type is the browser's ReadableStream, which the domain knows nothing of. */
function textReader(page: ProxyPage): TextReader {
  const { streamTextContent } = page as unknown as { streamTextContent: () => { getReader: () => TextReader } }
  return streamTextContent.call(page).getReader()
}

/** Marks of tagged content come between the texts. */
function isText(item: unknown): item is PdfItem {
  return typeof item === 'object' && item !== null && 'str' in item
}
