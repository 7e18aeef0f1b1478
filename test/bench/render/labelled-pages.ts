/** A page as a server sends it, and whether a browser would show what it lacks. */
export interface LabelledPage {
  name: string
  needsBrowser: boolean
  source: string
}

const SENTENCE = 'Lapis lazuli was ground to a blue pigment that painters paid for in gold, ounce by ounce. '
const ARTICLE = `<article><h1>On blue</h1>${`<p>${SENTENCE.repeat(4)}</p>`.repeat(4)}</article>`
const SHORT = `<main><h1>Opening hours</h1><p>${SENTENCE}</p></main>`
const MENU =
  '<nav><a href="/">Home</a> <a href="/blog">Blog</a> <a href="/about">About us</a> <a href="/shop">Shop</a></nav>'
const FOOTER = '<footer><a href="/imprint">Imprint</a> <a href="/privacy">Privacy</a> © 2026 Lapis</footer>'
const SPINNER = '<div class="spinner"><span>Loading…</span></div>'
const NOSCRIPT = '<noscript>You need to enable JavaScript to run this app.</noscript>'
const ANALYTICS =
  '<script async src="https://www.googletagmanager.com/gtag/js?id=G-1"></script><script>window.dataLayer=[]</script>'

function page(body: string, head = ''): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lapis</title>${head}</head><body>${body}</body></html>`
}

const script = (src: string, more = '') => `<script ${more} src="${src}"></script>`

interface Stack {
  name: string
  scripts: string
  /** The mount point around what is in it. */
  mount: (inner: string) => string
}

const div = (id: string) => (inner: string) => `<div id="${id}">${inner}</div>`

/** Each as the framework's own template writes it. */
const STACKS: readonly Stack[] = [
  { name: 'create-react-app', scripts: script('/static/js/main.8f3a1c2d.js', 'defer'), mount: div('root') },
  { name: 'vite-react', scripts: script('/assets/index-BkX2a1Qz.js', 'type="module" crossorigin'), mount: div('root') },
  { name: 'vite-vue', scripts: script('/assets/index-C1dT09xe.js', 'type="module" crossorigin'), mount: div('app') },
  {
    name: 'vue-cli',
    scripts: script('/js/chunk-vendors.1a2b3c4d.js') + script('/js/app.5e6f7a8b.js'),
    mount: div('app'),
  },
  { name: 'vite-svelte', scripts: script('/assets/index-DfQ8w3s1.js', 'type="module"'), mount: div('app') },
  {
    name: 'sveltekit',
    scripts: '<script type="module">import("/_app/immutable/entry/start.js")</script>',
    mount: (inner) => `<div style="display: contents">${inner}</div>`,
  },
  {
    name: 'angular',
    scripts:
      script('runtime.js', 'type="module"') +
      script('polyfills-5CFQRCPP.js', 'type="module"') +
      script('main-YT4G2XAB.js', 'type="module"'),
    mount: (inner) => `<app-root>${inner}</app-root>`,
  },
  {
    name: 'next',
    scripts:
      script('/_next/static/chunks/main-app.js', 'async') +
      '<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{}}}</script>',
    mount: div('__next'),
  },
  { name: 'nuxt', scripts: script('/_nuxt/entry.d4e5f6.js', 'type="module"'), mount: div('__nuxt') },
  { name: 'gatsby', scripts: script('/webpack-runtime-0a1b2c.js'), mount: div('___gatsby') },
  {
    name: 'ember',
    scripts: script('/assets/vendor-1.js') + script('/assets/app-2.js'),
    mount: div('ember-application'),
  },
  { name: 'preact', scripts: script('/bundle.7c1d2.js', 'defer'), mount: div('app') },
  { name: 'solid', scripts: script('/assets/index-a1b2c3d4.js', 'type="module"'), mount: div('root') },
  { name: 'lit', scripts: script('/assets/my-app.js', 'type="module"'), mount: (inner) => `<my-app>${inner}</my-app>` },
  {
    name: 'ionic',
    scripts: script('/build/app.esm.js', 'type="module"'),
    mount: (inner) => `<ion-app>${inner}</ion-app>`,
  },
  { name: 'quasar', scripts: script('/js/app.9d8e7f.js', 'defer'), mount: div('q-app') },
]

const shells = STACKS.flatMap(({ name, scripts, mount }): LabelledPage[] => [
  { name: `${name}, empty`, needsBrowser: true, source: page(NOSCRIPT + mount('') + scripts) },
  {
    name: `${name}, spinner, menu and footer`,
    needsBrowser: true,
    source: page(MENU + mount(SPINNER) + FOOTER + scripts + ANALYTICS),
  },
])

const served = STACKS.flatMap(({ name, scripts, mount }): LabelledPage[] => [
  {
    name: `${name}, rendered by the server`,
    needsBrowser: false,
    source: page(NOSCRIPT + mount(MENU + ARTICLE + FOOTER) + scripts),
  },
])

const plain: LabelledPage[] = [
  { name: 'an article', needsBrowser: false, source: page(MENU + ARTICLE + FOOTER) },
  { name: 'an article with analytics', needsBrowser: false, source: page(ARTICLE + ANALYTICS) },
  { name: 'an article with jQuery', needsBrowser: false, source: page(ARTICLE + script('/jquery-3.7.1.min.js')) },
  {
    name: 'a short page with jQuery',
    needsBrowser: false,
    source: page(MENU + SHORT + FOOTER + script('/jquery-3.7.1.min.js')),
  },
  {
    name: 'a short page with a bundle',
    needsBrowser: false,
    source: page(MENU + SHORT + FOOTER + script('/js/main.min.js')),
  },
  { name: 'a tiny page without scripts', needsBrowser: false, source: page('<p>It works!</p>') },
  { name: 'an empty page without scripts', needsBrowser: false, source: page('') },
  {
    name: 'a picture with analytics',
    needsBrowser: false,
    source: page(`<h1>Sunset</h1><img src="a.jpg" alt="">${ANALYTICS}`),
  },
  {
    name: 'a login form',
    needsBrowser: false,
    source: page(
      `<h1>Log in</h1><form><label>Name <input name="u"></label><button>Go</button></form>${script('/login.js')}`,
    ),
  },
  {
    name: 'a list of links',
    needsBrowser: false,
    source: page(`<ul>${'<li><a href="/a">A page of the archive</a></li>'.repeat(40)}</ul>${script('/toggle.js')}`),
  },
  {
    name: 'Alpine over static HTML',
    needsBrowser: false,
    source: page(`<div x-data="{open:false}">${SHORT.repeat(3)}</div>${script('/alpine.min.js', 'defer')}`),
  },
  {
    name: 'htmx over static HTML',
    needsBrowser: false,
    source: page(`<div hx-get="/more">${ARTICLE}</div>${script('/htmx.min.js')}`),
  },
  {
    name: 'an Astro page with islands',
    needsBrowser: false,
    source: page(
      `${ARTICLE}<astro-island client="load"></astro-island>${script('/_astro/hoisted.js', 'type="module"')}`,
    ),
  },
  {
    name: 'WordPress',
    needsBrowser: false,
    source: page(`<div id="page">${MENU}${ARTICLE}</div>${script('/wp-includes/js/jquery/jquery.min.js')}${ANALYTICS}`),
  },
  {
    name: 'a static page with #app around it',
    needsBrowser: false,
    source: page(`<div id="app">${ARTICLE}</div>${script('/app.js')}`),
  },
  {
    name: 'Japanese text',
    needsBrowser: false,
    source: page(
      `<div id="root"><p>${'瑠璃は青い顔料として使われた。'.repeat(10)}</p></div>${script('/static/js/main.1.js')}`,
    ),
  },
  {
    name: 'a modal with an empty mount point',
    needsBrowser: false,
    source: page(`${ARTICLE}<div id="root"></div>${script('/assets/index-1a2b3c4d.js', 'type="module"')}`),
  },
  {
    name: 'a 200-word page with empty custom elements',
    needsBrowser: false,
    source: page(`${SHORT.repeat(6)}<x-share></x-share>${script('/share.js', 'type="module"')}`),
  },
]

const scripted: LabelledPage[] = [
  { name: 'document.write', needsBrowser: true, source: page('<script>document.write(text())</script>') },
  {
    name: 'a table that jQuery fills, with a notice',
    needsBrowser: true,
    source: page(
      `<div id="main-app"></div><noscript>This list needs JavaScript</noscript>${script('/jquery.min.js')}<script>$.getJSON("/rows")</script>`,
    ),
  },
  {
    name: 'Backbone in #application',
    needsBrowser: true,
    source: page(`${MENU}<div id="application"></div>${script('/js/bundle.js')}`),
  },
  {
    name: 'a web component alone',
    needsBrowser: true,
    source: page(`<product-list></product-list>${script('/components.js', 'type="module"')}`),
  },
  {
    name: 'AngularJS',
    needsBrowser: true,
    source: page(`<div ng-app="shop"><div ng-view></div></div>${script('/angular.min.js')}`),
  },
  { name: 'a Flutter page', needsBrowser: true, source: page(script('main.dart.js', 'defer')) },
  {
    name: 'a German notice',
    needsBrowser: true,
    source: page(`<div class="x"></div><noscript>Bitte JavaScript aktivieren</noscript>${script('/x.js')}`),
  },
  {
    name: 'an article that scripts put between header and footer',
    needsBrowser: true,
    source: page(`<h2>Lapis</h2>${MENU}<div class="content"></div>${FOOTER}<script>fetch("/article.json")</script>`),
  },
]

export const LABELLED_PAGES: readonly LabelledPage[] = [...shells, ...served, ...plain, ...scripted]
