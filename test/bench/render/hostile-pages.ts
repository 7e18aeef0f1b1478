import { type Process, browsersOf, leadersOf, rendererOf } from './processes.ts'

/** What is done to a browser, or by a page in it. */
export interface Hostility {
  name: string
  /** A script that the page runs; `root` is an element of it. */
  script: string
  /** Beside the page: processes that are killed while it is rendered. */
  kills?: (dataDirectory: string) => Process[]
}

const WAITS = `root.textContent = 'waiting'`
const WORKER = `const worker = (source) => new Worker(URL.createObjectURL(new Blob([source])));`

export const HOSTILITIES: readonly Hostility[] = [
  { name: 'tab killed', script: WAITS, kills: (home) => ofType(home, 'renderer') },
  { name: 'network service killed', script: WAITS, kills: (home) => ofType(home, 'utility') },
  { name: 'Chromium killed', script: WAITS, kills: leadersOf },
  { name: 'renderer killed', script: WAITS, kills: (home) => [rendererOf(home)].filter((each) => each !== undefined) },
  { name: 'dialogs', script: `for (let i = 0; i < 50; i++) { alert(i); confirm(i); prompt(i) }` },
  {
    name: 'dialogs on leaving',
    script: `addEventListener('beforeunload', (e) => e.preventDefault()); location.reload()`,
  },
  {
    name: 'endless navigation',
    script: `let n = 0; setInterval(() => { history.pushState(0, '', '/n' + n++); location.reload() }, 5)`,
  },
  {
    name: 'endless history',
    script: `setInterval(() => { for (let i = 0; i < 200; i++) history.pushState(i, '', '#' + Math.random()) }, 1)`,
  },
  { name: 'fragments for ever', script: `setInterval(() => { location.hash = Math.random() }, 1)` },
  { name: 'nothing in its place', script: `location.href = 'about:blank'` },
  { name: 'data in its place', script: `location.href = 'data:text/html,gone'` },
  {
    name: 'written over for ever',
    script: `setInterval(() => { document.open(); document.write('<p>x</p>'.repeat(1000)); document.close() }, 1)`,
  },
  { name: 'huge DOM', script: `for (let i = 0; i < 400000; i++) root.append(document.createElement('i'))` },
  {
    name: 'deep DOM',
    script: `let at = root; for (let i = 0; i < 100000; i++) { const next = document.createElement('div'); at.append(next); at = next }`,
  },
  {
    name: 'growing DOM',
    script: `setInterval(() => { root.insertAdjacentHTML('beforeend', '<p>more</p>'.repeat(2000)) }, 1)`,
  },
  { name: 'heap bomb', script: 'const all = []; for (;;) all.push(new Array(1e6).fill(Math.random()))' },
  {
    name: 'buffer bomb',
    script:
      'const all = []; setInterval(() => { for (let i = 0; i < 8; i++) all.push(new Uint8Array(16e6).fill(7)) }, 20)',
  },
  {
    name: 'blob bomb',
    script: `const all = []; setInterval(() => { all.push(new Blob([new Uint8Array(3e7).fill(1)])) }, 5)`,
  },
  {
    name: 'canvas bomb',
    script: `const all = []; setInterval(() => { const c = document.createElement('canvas'); c.width = c.height = 8000; c.getContext('2d').fillRect(0, 0, 8000, 8000); all.push(c) }, 20)`,
  },
  {
    name: 'WebAssembly bomb',
    script: `const all = []; setInterval(() => { const m = new WebAssembly.Memory({ initial: 1000 }); new Uint8Array(m.buffer).fill(1); all.push(m) }, 5)`,
  },
  {
    name: 'string bomb',
    script: `let text = 'x'.repeat(1e6); const all = []; for (;;) all.push((text += Math.random()).split('').join('-'))`,
  },
  { name: 'never yields', script: 'for (;;) {}' },
  { name: 'never ends a microtask', script: 'const again = () => Promise.resolve().then(again); again()' },
  { name: 'expression that never matches', script: `/^(a+)+$/.test('a'.repeat(60) + '!')` },
  { name: 'workers that never yield', script: `${WORKER} for (let i = 0; i < 40; i++) worker('for (;;) {}')` },
  {
    name: 'workers that fill memory',
    script: `${WORKER} for (let i = 0; i < 4; i++) worker('const a = []; for (;;) a.push(new Array(1e5).fill(1))')`,
  },
  { name: 'recursion', script: `const deep = () => deep() + 1; setInterval(() => { try { deep() } catch {} }, 1)` },
  {
    name: 'frames in frames',
    script: `for (let i = 0; i < 200; i++) { const f = document.createElement('iframe'); f.src = location.href; root.append(f) }`,
  },
  {
    name: 'windows',
    script: `setInterval(() => { for (let i = 0; i < 20; i++) window.open(location.href + '?' + Math.random()) }, 10)`,
  },
  {
    name: 'forms to new windows',
    script: `for (let i = 0; i < 50; i++) { const f = document.createElement('form'); f.target = '_blank'; f.action = '/app/second'; document.body.append(f); f.submit() }`,
  },
  {
    name: 'clipboard and permissions',
    script: `setInterval(() => { navigator.clipboard?.readText().catch(() => 0); globalThis.Notification?.requestPermission(); navigator.geolocation.getCurrentPosition(() => 0); navigator.mediaDevices?.getUserMedia({ audio: true, video: true }).catch(() => 0); document.body.requestFullscreen?.().catch(() => 0) }, 10)`,
  },
  { name: 'paper', script: 'for (let i = 0; i < 20; i++) print()' },
  {
    name: 'downloads',
    script: `for (let i = 0; i < 50; i++) { const a = document.createElement('a'); a.href = '/file.bin?' + i; a.download = 'f'; document.body.append(a); a.click(); const f = document.createElement('iframe'); f.src = '/file.bin'; root.append(f) }`,
  },
  {
    name: 'other programs',
    script: `for (const link of ['mailto:a@b.c', 'tel:1', 'intent://x', 'ms-word:x', 'chrome://crash', 'file:///etc/passwd', 'view-source:/']) { try { location.href = link } catch {} ; window.open(link) }`,
  },
  {
    name: 'requests without end',
    script: `setInterval(() => { for (let i = 0; i < 50; i++) fetch('/api?' + Math.random()) }, 1)`,
  },
  {
    name: 'console flood',
    script: `setInterval(() => { for (let i = 0; i < 200; i++) console.error('x'.repeat(10000)) }, 1)`,
  },
  {
    name: 'storage flood',
    script: `const open = indexedDB.open('x'); open.onupgradeneeded = () => open.result.createObjectStore('s', { autoIncrement: true }); open.onsuccess = () => setInterval(() => { open.result.transaction('s', 'readwrite').objectStore('s').add(new Uint8Array(5e6).fill(9)) }, 5)`,
  },
  {
    name: 'cookies and local storage',
    script: `setInterval(() => { try { for (let i = 0; i < 200; i++) { localStorage[Math.random()] = 'x'.repeat(1e5); document.cookie = Math.random() + '=' + 'y'.repeat(3000) } } catch {} }, 1)`,
  },
  {
    name: 'sockets',
    script: `for (let i = 0; i < 1000; i++) { new WebSocket('ws://' + location.host + '/ws'); new EventSource('/api') }`,
  },
  {
    name: 'scripts of ours spoilt',
    script: `for (const name of ['Promise', 'Array', 'JSON', 'MutationObserver', 'setTimeout', 'XMLSerializer', 'Node']) { try { globalThis[name] = undefined } catch {} } Object.prototype.toJSON = () => { throw 1 }`,
  },
]

function ofType(dataDirectory: string, type: string): Process[] {
  return browsersOf(dataDirectory).filter(({ command }) => command.includes(`--type=${type}`))
}

/** As servers send an application: nothing in it but the script. */
export function hostilePage({ script }: Hostility): string {
  return `<!doctype html><html lang="en"><head><title>Hostile</title></head><body><div id="root"></div><script>${script}</script></body></html>`
}
