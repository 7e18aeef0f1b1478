import { Parser } from 'htmlparser2'

/** What a page's source says of who writes its content: the server, or scripts. */
export interface PageEvidence {
  /** Words that a reader without scripts sees, and those of them inside links. */
  words: number
  linkWords: number
  links: number
  /** Scripts that could write a page: not JSON, not a well-known tag of analytics. */
  scripts: number
  /** A framework's mount point with nothing, or a spinner, in it. */
  emptyRoot: string | undefined
  /** A custom element without any text in it. */
  emptyCustomElements: number
  /** `<noscript>` asks for JavaScript. */
  asksForScripts: boolean
  /** Names of frameworks or bundlers that left a trace. */
  markers: string[]
}

/** Ids and elements that frameworks and their templates mount into. */
const ROOT_IDS: ReadonlySet<string> = new Set([
  '__next',
  '__nuxt',
  '___gatsby',
  'app',
  'app-root',
  'application',
  'ember-application',
  'main-app',
  'mount',
  'react-root',
  'root',
  'svelte',
  'vue-app',
  'q-app',
])
const ROOT_ELEMENTS: ReadonlySet<string> = new Set(['app-root', 'my-app', 'app-shell', 'ion-app', 'vaadin-app'])

const MARKERS: readonly (readonly [string, RegExp])[] = [
  ['next', /\/_next\/static\//],
  ['nuxt', /\/_nuxt\//],
  ['vite', /\/assets\/index[-.][\w-]+\.js/],
  [
    'webpack',
    /(?:^|\/)(?:main|app|bundle|vendors?|chunk|runtime|polyfills)[.~-]?[\w-]*(?:\.chunk|\.bundle|\.min)?\.js/,
  ],
  ['angular', /(?:^|\/)(?:main|polyfills)(?:-[A-Z0-9]+|\.[0-9a-f]+|-es2\d+)?\.js$/],
  ['gatsby', /\/webpack-runtime-/],
]
/** Its entry is imported by an inline script. */
const SVELTEKIT = /import\("[^"]*\/_app\/immutable\//
const ANALYTICS =
  /googletagmanager|google-analytics|gtag|matomo|piwik|plausible|segment\.|hotjar|fbevents|clarity|cookie(?:bot|consent|law)|recaptcha|doubleclick|adsbygoogle|cloudflareinsights|newrelic|sentry|umami/i
const ASKS_FOR_SCRIPTS = /java\s?script|js aktivieren|enable js/i
const UNSEEN: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript', 'title', 'svg', 'head'])
/** A mount point may hold a spinner and a word to wait; more is content. */
const WAITING_WORDS = 6
const MOST_CHARACTERS = 2_000_000

interface OpenElement {
  name: string
  /** Words seen before it was opened. */
  wordsBefore: number
  root: string | undefined
}

/** One pass over the source. Total: any text gives evidence. */
export function pageEvidence(source: string): PageEvidence {
  const seen: PageEvidence = {
    words: 0,
    linkWords: 0,
    links: 0,
    scripts: 0,
    emptyRoot: undefined,
    emptyCustomElements: 0,
    asksForScripts: false,
    markers: [],
  }
  const open: OpenElement[] = []
  let unseen = 0
  let linkDepth = 0
  let noscript = ''
  const parser = new Parser({
    onopentag: (name, attributes) => {
      open.push({ name, wordsBefore: seen.words, root: rootName(name, attributes) })
      if (UNSEEN.has(name)) unseen++
      if (name === 'a' && attributes['href'] !== undefined) {
        linkDepth++
        seen.links++
      }
      if (name === 'script') noteScript(seen, attributes)
    },
    ontext: (text) => {
      if (open.some(({ name }) => name === 'noscript')) noscript += text
      if (open.at(-1)?.name === 'script' && SVELTEKIT.test(text)) note(seen, 'sveltekit')
      if (unseen > 0) return
      const words = countWords(text)
      seen.words += words
      if (linkDepth > 0) seen.linkWords += words
    },
    onclosetag: (name) => {
      const element = open.pop()
      if (UNSEEN.has(name)) unseen--
      if (name === 'a' && linkDepth > 0) linkDepth--
      if (element) noteEnd(seen, element)
    },
  })
  parser.end(source.slice(0, MOST_CHARACTERS))
  seen.asksForScripts = ASKS_FOR_SCRIPTS.test(noscript)
  return seen
}

function rootName(name: string, attributes: Readonly<Record<string, string>>): string | undefined {
  const id = attributes['id']?.toLowerCase()
  if (id !== undefined && ROOT_IDS.has(id)) return `#${id}`
  if (ROOT_ELEMENTS.has(name)) return `<${name}>`
  const marked = ['data-reactroot', 'ng-app', 'v-cloak', 'data-app', 'data-server-rendered', 'ng-version'].find(
    (attribute) => attributes[attribute] !== undefined,
  )
  return marked === undefined || name === 'html' || name === 'body' ? undefined : `[${marked}]`
}

function noteScript(seen: PageEvidence, attributes: Readonly<Record<string, string>>): void {
  const { src = '', type = '' } = attributes
  if (/json|template|importmap|speculationrules|text\/(?!javascript)/i.test(type) || ANALYTICS.test(src)) return
  seen.scripts++
  for (const [marker, pattern] of MARKERS) if (pattern.test(src.split('?')[0] ?? '')) note(seen, marker)
}

function note(seen: PageEvidence, marker: string): void {
  if (!seen.markers.includes(marker)) seen.markers.push(marker)
}

function noteEnd(seen: PageEvidence, { name, wordsBefore, root }: OpenElement): void {
  const words = seen.words - wordsBefore
  if (root !== undefined && words <= WAITING_WORDS) seen.emptyRoot ??= root
  if (name.includes('-') && words === 0) seen.emptyCustomElements++
}

function countWords(text: string): number {
  return text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+/gu)?.length ?? 0
}
