import { createSocket } from 'node:dgram'
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'

const TEXT = 'Words that only a script has put here, and that make a paragraph of this page. '.repeat(4)

function app(script: string, head = ''): string {
  return `<!doctype html><html lang="en"><head><title>App</title>${head}</head><body><div id="root"></div>
<noscript>You need to enable JavaScript to run this app.</noscript><script>${script}</script></body></html>`
}

const show = (title: string) => `root.innerHTML = '<h1>${title}</h1><p>${TEXT}</p>'`

const RED_PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
  'base64',
)

/** Pages that need a browser, and pages that would rather not be in one. */
const PAGES: Readonly<Record<string, string>> = {
  '/app': app(
    `fetch('/api').then((r) => r.json()).then(({ title }) => { ${show("' + title + '")}; document.cookie = 'seen=1'
    const link = document.createElement('a'); link.href = '/app/second'; link.textContent = 'second'; root.append(link) })
    fetch('/gone'); console.error('something is wrong')`,
  ),
  '/app/second': app(show('Second')),
  '/island': app(
    show('Shown by scripts'),
    `<script id="__NEXT_DATA__" type="application/json">${JSON.stringify({ props: { pageProps: { post: { title: 'App', body: `<p>${TEXT.repeat(5)}</p>` } } } })}</script>`,
  ),
  '/static': `<!doctype html><title>Static</title><script src="/main.js"></script><p>${TEXT.repeat(5)}</p>`,
  '/shadow': app(
    `const host = document.createElement('x-card'); root.append(host)
    host.innerHTML = '<b slot="name">slotted words</b>'
    host.attachShadow({ mode: 'open' }).innerHTML = '<p>shadow words <slot name="name"></slot></p>'
    const frame = document.createElement('iframe'); frame.src = '/frame'; root.append(frame)`,
  ),
  '/frame': '<p>framed words</p>',
  '/leaves': app(`location.replace('/app/second')`),
  '/refreshes': app(show('Refreshed'), '<meta http-equiv="refresh" content="0;url=/refreshes">'),
  '/to-private': app(`location.replace('http://127.0.0.1:1/')`),
  '/pictures': app(`root.innerHTML = '<img src="/picture.png"><video src="/film.mp4"></video><p>${TEXT}</p>'
    const style = new CSSStyleSheet(); const face = new FontFace('far', 'url(/font.woff2)'); void face.load().catch(() => 0)`),
  '/polls': app(`${show('Polling')}; setInterval(() => fetch('/api'), 100)`),
  '/dialogs': app(
    `alert('a'); confirm('b'); prompt('c'); addEventListener('beforeunload', (e) => e.preventDefault()); ${show('After dialogs')}`,
  ),
  '/prompts': app(`navigator.geolocation.getCurrentPosition(() => 0); globalThis.Notification?.requestPermission()
    void navigator.clipboard?.readText().catch(() => 0); navigator.mediaDevices?.getUserMedia({ audio: true, video: true }).catch(() => 0)
    window.open('/app'); print(); ${show('After prompts')}`),
  '/downloads': app(
    `const a = document.createElement('a'); a.href = '/file.bin'; a.download = 'f'; document.body.append(a); a.click(); ${show('After download')}`,
  ),
  '/busy': app('for (;;) {}'),
  '/bomb': app('const a = []; for (;;) a.push(new Array(1e6).fill(Math.random()))'),
  '/buffers': app(
    'const a = []; setInterval(() => { for (let i = 0; i < 8; i++) a.push(new Uint8Array(16_000_000).fill(7)) }, 20)',
  ),
  '/huge': app(
    `let html = ''; for (let i = 0; i < 20000; i++) html += '<p>a paragraph with a number ' + i + ' and more words to it</p>'; root.innerHTML = html`,
  ),
  '/navigates': app(`let n = 0; setInterval(() => { history.pushState(0, '', '/n' + n++); location.reload() }, 5)`),
  '/blank': app(`location.href = 'about:blank'`),
  '/recursion': app(`const f = () => f() + 1; setInterval(() => { try { f() } catch {} }, 1); ${show('Deep')}`),
  '/frames': app(
    `for (let i = 0; i < 200; i++) { const f = document.createElement('iframe'); f.src = '/frames'; root.append(f) }`,
  ),
  '/workers': app(
    `for (let i = 0; i < 20; i++) new Worker(URL.createObjectURL(new Blob(['for(;;){}']))); ${show('Workers')}`,
  ),
}

export interface ScriptSite {
  url: string
  /** Paths asked for, in order. */
  asked: string[]
  headers: Map<string, IncomingMessage['headers']>
  close(): void
}

export async function startScriptSite(
  host = '127.0.0.1',
  more: Record<string, string> = {},
  port = 0,
): Promise<ScriptSite> {
  const asked: string[] = []
  const headers = new Map<string, IncomingMessage['headers']>()
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    headers.set(path, request.headers)
    answer(response, path, { ...PAGES, ...more })
  })
  const url = await listening(server, host, port)
  return { url, asked, headers, close: () => server.close() }
}

function answer(response: ServerResponse, path: string, pages: Readonly<Record<string, string>>): void {
  const page = pages[path]
  if (page !== undefined) {
    const cookie = path === '/app' ? { 'set-cookie': 'session=from-the-site' } : {}
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...cookie }).end(page)
  } else if (path === '/api') {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"title":"From the API"}')
  } else if (path.startsWith('/red.png')) {
    response.writeHead(200, { 'content-type': 'image/png' }).end(RED_PIXEL)
  } else if (path === '/file.bin') {
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end('x'.repeat(1_000))
  } else if (path === '/rest') response.writeHead(503, { 'retry-after': '3600' }).end('Later.')
  else response.writeHead(404).end()
}

function listening(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    server.listen(port, host, () => resolve(`http://${host}:${(server.address() as AddressInfo).port}`))
  })
}

export interface Place {
  port: number
  /** What reached it: TCP connections and UDP datagrams, whatever they said. */
  reached: string[]
  close(): void
}

/** Something that notices whoever reaches it, by any protocol, and tells it a word. */
export async function startPlace(host: string, word: string, wantedPort = 0): Promise<Place> {
  const reached: string[] = []
  const tcp = createTcpServer((socket) => {
    socket.on('error', () => socket.destroy())
    reached.push('tcp')
    socket.end(
      'HTTP/1.1 200 OK\r\naccess-control-allow-origin: *\r\ncontent-length: ' + word.length + '\r\n\r\n' + word,
    )
  })
  const port = await new Promise<number>((resolve) => {
    tcp.listen(wantedPort, host, () => resolve((tcp.address() as AddressInfo).port))
  })
  const udp = createSocket('udp4').on('message', () => reached.push('udp'))
  await new Promise<void>((resolve) => void udp.bind(port, host, resolve))
  return {
    port,
    reached,
    close: () => {
      tcp.close()
      udp.close()
    },
  }
}

/** Tries every way out that a page has, and writes what it has read. At the open place they must work, or they prove nothing. */
export function breakout(port: number, openPlace: string, more: readonly string[] = []): string {
  const hosts = [
    openPlace,
    `127.0.0.1:${port}`,
    `localhost:${port}`,
    `[::ffff:127.0.0.1]:${port}`,
    `0.0.0.0:${port}`,
    '169.254.169.254',
    '[fd00:ec2::254]',
    ...more,
  ]
  const stun = ['127.0.0.1:' + port, ...more].map((place) => ({ urls: 'stun:' + place }))
  return app(`
    const hosts = ${JSON.stringify(hosts)}
    const read = []
    const tries = []
    // What is allowed is read before the storm of tries begins, which would use up its time on a slow machine.
    const control = fetch('http://' + hosts[0] + '/fetch').then((response) => response.text()).then((text) => read.push(text), (error) => read.push('nothing: ' + error))
    const attempt = (work) => tries.push(Promise.race([Promise.resolve().then(work).then((text) => { if (text) read.push(String(text)) }, () => 0),
      new Promise((resolve) => setTimeout(resolve, 1500))]))
    const tryAll = () => {
      for (const host of hosts) {
        attempt(async () => (await fetch('http://' + host + '/fetch')).text())
        attempt(async () => (await fetch('http://' + host + '/opaque', { mode: 'no-cors' })).type === 'never' ? 'x' : '')
        attempt(async () => (await fetch('https://' + host + '/tls')).text())
        attempt(() => new Promise((resolve, reject) => { const ws = new WebSocket('ws://' + host + '/ws'); ws.onopen = () => resolve('ws'); ws.onerror = reject }))
        attempt(() => new Promise((resolve, reject) => { const es = new EventSource('http://' + host + '/es'); es.onopen = () => resolve('es'); es.onerror = reject }))
        attempt(() => { navigator.sendBeacon('http://' + host + '/beacon', 'x') })
        attempt(() => { const s = document.createElement('script'); s.src = 'http://' + host + '/script'; document.head.append(s) })
        attempt(() => { const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = 'http://' + host + '/css'; document.head.append(l) })
        for (const rel of ['preconnect', 'dns-prefetch', 'prefetch', 'prerender', 'preload'])
          attempt(() => { const l = document.createElement('link'); l.rel = rel; l.as = 'fetch'; l.href = 'http://' + host + '/' + rel; document.head.append(l) })
        attempt(() => new Promise((resolve) => { const f = document.createElement('iframe'); f.src = 'http://' + host + '/frame'; f.onload = () => { try { resolve(f.contentDocument.body.textContent) } catch { resolve('') } }; document.body.append(f) }))
        attempt(() => { const o = document.createElement('object'); o.data = 'http://' + host + '/object'; document.body.append(o) })
        attempt(() => { const i = new Image(); i.src = 'http://' + host + '/image'; document.body.append(i) })
        attempt(() => { const v = document.createElement('video'); v.src = 'http://' + host + '/video'; v.load(); document.body.append(v) })
        attempt(() => { const w = new Worker(URL.createObjectURL(new Blob(['fetch("http://' + host + '/worker").then((r) => r.text()).then(postMessage)']))); return new Promise((resolve) => { w.onmessage = (e) => resolve(e.data) }) })
        attempt(() => { const f = document.createElement('form'); f.method = 'post'; f.target = '_blank'; f.action = 'http://' + host + '/form'; document.body.append(f); f.submit() })
        attempt(() => { window.open('http://' + host + '/popup') })
        attempt(async () => { const t = new WebTransport('https://' + host + '/transport'); await t.ready; return 'transport' })
      }
      attempt(async () => (await fetch('file:///etc/passwd')).text())
      attempt(() => new Promise((resolve) => { const f = document.createElement('iframe'); f.src = 'file:///etc/passwd'; f.onload = () => { try { resolve(f.contentDocument.body.textContent) } catch { resolve('') } }; document.body.append(f) }))
      attempt(() => new Promise((resolve) => {
        const peer = new RTCPeerConnection({ iceServers: [...${JSON.stringify(stun)}, { urls: 'turn:127.0.0.1:${port}?transport=tcp', username: 'u', credential: 'p' }] })
        peer.onicecandidate = ({ candidate }) => { if (candidate && / (?:127|10|172|192)\\./.test(candidate.candidate)) resolve('candidate ' + candidate.candidate) }
        peer.createDataChannel('x'); peer.createOffer().then((offer) => peer.setLocalDescription(offer))
      }))
    }
    const slow = setInterval(() => root.textContent = 'trying ' + Date.now(), 50)
    control.then(tryAll).then(() => Promise.all(tries)).then(() => { clearInterval(slow); root.innerHTML = '<h1>Done trying</h1><p>' + tries.length + ' ways, read: [' + read.join(', ') + ']</p>' })
  `)
}
