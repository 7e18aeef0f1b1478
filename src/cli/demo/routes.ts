import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

/** What the demo site answers for one path. */
export interface DemoAnswer {
  status: number
  headers: Record<string, string>
  body: string | Uint8Array
  /** How long it takes to answer. */
  afterMs?: number
}

const PAGES = new URL('pages/', import.meta.url)

/** Long enough to be seen to be slow, too short to be taken for dead. */
const SLOW_MS = 1_200

/** Encodings that only the header tells; the other pages say it themselves, or by their byte order mark. */
const HEADER_CHARSETS: Readonly<Record<string, string>> = {
  'de/index.html': 'iso-8859-1',
  'hi/index.html': 'utf-8',
  'ja/kumo.html': 'euc-jp',
  'pl/index.html': 'iso-8859-2',
  'ru/index.html': 'windows-1251',
  'zh/index.html': 'gbk',
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  pdf: 'application/pdf',
}

/** Paths that are no file, or whose file comes in an unusual way. */
const SPECIAL: Readonly<Record<string, () => DemoAnswer>> = {
  '/about/print': () => file('about.html'),
  '/old/entrance': () => redirect('/old/side-door', 301),
  '/old/side-door': () => redirect('/new/entrance.html', 302),
  '/loop/a': () => redirect('/loop/b', 302),
  '/loop/b': () => redirect('/loop/a', 302),
  '/broken': () => page(500, 'The lift is broken', '<p>The lift is broken. It has been reported, by everybody.</p>'),
  '/slow.html': () => ({ ...file('slow.html'), afterMs: SLOW_MS }),
  '/timeline.html': () => gzipped(file('timeline.html')),
  '/catalogue': () => ({
    status: 200,
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(2_000),
  }),
}

/** The site's answer to a path, such as `/de/`; `origin` is for what must name the site in full. */
export function answerTo(path: string, origin: string): DemoAnswer {
  if (path === '/robots.txt') return robots(origin)
  if (path === '/sitemap.xml') return sitemap(origin)
  const calendar = /^\/calendar\/(\d{1,4})\/(\d{1,2})\/$/.exec(path)
  if (calendar) return calendarMonth(Number(calendar[1]), Number(calendar[2]))
  if (/^\/maze\/(deeper\/)*$/.test(path)) return maze(path)
  return SPECIAL[path]?.() ?? file(path.endsWith('/') ? `${path.slice(1)}index.html` : path.slice(1))
}

function file(name: string): DemoAnswer {
  // What is read is what lies in `pages/`, whatever the path says.
  if (!/^[a-z0-9-]+(\/[a-z0-9-]+)*\.[a-z]+$/.test(name)) return notFound()
  const type = TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
  const charset = HEADER_CHARSETS[name]
  try {
    const body = readFileSync(new URL(name, PAGES))
    return { status: 200, headers: { 'content-type': charset ? `${type}; charset=${charset}` : type }, body }
  } catch {
    return notFound()
  }
}

function notFound(): DemoAnswer {
  return page(404, 'Not on the shelf', '<p>There is nothing here. <a href="/">Back to the entrance</a></p>')
}

function redirect(location: string, status: 301 | 302): DemoAnswer {
  return { status, headers: { location }, body: '' }
}

function gzipped(answer: DemoAnswer): DemoAnswer {
  return {
    ...answer,
    headers: { ...answer.headers, 'content-encoding': 'gzip', vary: 'accept-encoding' },
    body: gzipSync(answer.body),
  }
}

function page(status: number, title: string, body: string): DemoAnswer {
  const html = `<!doctype html>\n<html lang="en">\n<title>${title}</title>\n<main>\n<h1>${title}</h1>\n${body}\n</main>\n</html>\n`
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: html }
}

/** An endless trap, which robots.txt keeps robots out of: every month has a next one and one before. */
function calendarMonth(year: number, month: number): DemoAnswer {
  const before = month > 1 ? `/calendar/${year}/${month - 1}/` : `/calendar/${year - 1}/12/`
  const after = month < 12 ? `/calendar/${year}/${month + 1}/` : `/calendar/${year + 1}/1/`
  return page(
    200,
    `What's on: ${month}/${year}`,
    `<p>Guided tour, every day. <a href="${before}">Before</a> <a href="${after}">After</a></p>`,
  )
}

/** A trap that robots.txt says nothing of: a relative link that always leads one folder deeper. */
function maze(path: string): DemoAnswer {
  const depth = path.split('/').length - 2
  return page(
    200,
    `Cellar, level ${depth}`,
    `<p>${depth} flights of stairs below the ground floor. It smells of woad. <a href="deeper/">Deeper</a></p>`,
  )
}

function robots(origin: string): DemoAnswer {
  const lines = [
    'User-agent: *',
    'Disallow: /private/',
    'Disallow: /calendar/',
    '',
    `Sitemap: ${origin}/sitemap.xml`,
    '',
  ]
  return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: lines.join('\n') }
}

/** Names a page that no link leads to. */
function sitemap(origin: string): DemoAnswer {
  const urls = ['/', '/lapis.html', '/spiders.html', '/hidden-room.html'].map(
    (path) => `  <url><loc>${origin}${path}</loc></url>`,
  )
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...urls,
    '</urlset>',
    '',
  ]
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: lines.join('\n') }
}
