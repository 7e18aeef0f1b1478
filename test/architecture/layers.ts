/** One import: the importing file, and what it names (a path inside the checkout, or a module's specifier). */
export interface Edge {
  from: string
  to: string
  typeOnly: boolean
}

interface Layer {
  folder: string
  /** Folders of the checkout that it may import, besides itself. */
  may: readonly string[]
  /** Folders of which it may import types only. */
  mayTypes?: readonly string[]
  /** Modules by name, its sub-paths included; a name ending in ":" is a scheme, as in `node:`. */
  modules: { only: readonly string[] } | { not: readonly string[] }
  /** Folders inside it that must not import one another; listed `shared` ones are open to all of them. */
  separate?: { shared: readonly string[] }
  reason: string
}

const SQL = ['drizzle-orm', 'pg', '@neondatabase/serverless']
/** Parsers and tables: functions of their input, without I/O, clock or chance. */
const PURE_LIBRARIES = [
  'croner',
  'css-select',
  'css-what',
  'diff',
  'dom-serializer',
  'domhandler',
  'domutils',
  'entities',
  'fflate',
  'htmlparser2',
  'linkedom',
  'eld',
  're2js',
  'tldts',
  'unpdf',
  'yaml',
]

const LAYERS: readonly Layer[] = [
  {
    folder: 'src/domain',
    may: [],
    modules: { only: PURE_LIBRARIES },
    reason: 'the domain is pure: itself and small pure libraries',
  },
  {
    folder: 'src/contracts',
    may: [],
    mayTypes: ['src/domain'],
    modules: { only: ['zod', 'zod-openapi'] },
    reason: 'contracts are zod shapes over types of the domain',
  },
  {
    folder: 'src/flows',
    may: ['src/domain', 'src/contracts', 'src/storage', 'src/net', 'src/notify'],
    modules: { not: ['hono', 'cloudflare:', ...SQL] },
    reason: 'flows are recipes over domain, contracts, storage, net and notify; they know neither the platform nor SQL',
  },
  ...['src/storage', 'src/net', 'src/notify'].map((folder) => ({
    folder,
    may: ['src/contracts', 'src/domain'],
    modules: { not: ['hono', 'cloudflare:'] },
    reason: 'an adapter knows contracts, domain and its own library; not flows, nor another adapter',
  })),
  {
    folder: 'durable-objects',
    may: ['src/domain', 'src/contracts'],
    modules: { only: ['@cloudflare/containers', 'cloudflare:workers', 'node:crypto', 'node:buffer'] },
    separate: { shared: ['sqlite'] },
    reason: 'a Durable Object knows domain, contracts and its own folder; it talks to the others by RPC',
  },
  {
    folder: 'workers',
    may: [
      'src/domain',
      'src/contracts',
      'src/flows',
      'src/storage',
      'src/net',
      'src/notify',
      'src/dashboard',
      'durable-objects',
    ],
    modules: { not: SQL },
    separate: { shared: [] },
    reason:
      'a door decodes, calls a flow and encodes; it imports no other door, no SQL and nothing of the command line',
  },
  {
    folder: 'src/client',
    may: [],
    mayTypes: ['src/contracts'],
    modules: { only: ['zod'] },
    reason: 'the client is typed by the contracts and carries none of them',
  },
  ...['src/cli', 'src/dashboard'].map((folder) => ({
    folder,
    may: ['src/contracts', 'src/client'],
    modules: { not: ['hono', 'cloudflare:', ...SQL] },
    reason: 'clients know the contracts and themselves',
  })),
  {
    folder: 'containers',
    may: ['src/domain', 'src/contracts'],
    modules: { not: ['hono'] },
    separate: { shared: [] },
    reason: 'a container wraps the Worker from outside: domain and contracts at most, and no other container',
  },
]

/** Why an import is not allowed, or undefined when it is. The first layer that holds the importing file decides. */
export function layerFault({ from, to, typeOnly }: Edge): string | undefined {
  const layer = LAYERS.find(({ folder }) => isIn(from, folder))
  if (!layer) return undefined
  return isAllowed(layer, { from, to, typeOnly }) ? undefined : layer.reason
}

function isAllowed(layer: Layer, { from, to, typeOnly }: Edge): boolean {
  if (isIn(to, layer.folder)) return mayCross(layer, from, to)
  if (!isPath(to)) return allowsModule(layer, to)
  return (
    layer.may.some((folder) => isIn(to, folder)) ||
    (typeOnly && (layer.mayTypes ?? []).some((folder) => isIn(to, folder)))
  )
}

/** Files beside the parts (`workers/index.ts`) tie them together, and parts may use what lies beside them. */
function mayCross({ folder, separate }: Layer, from: string, to: string): boolean {
  if (!separate) return true
  const [home, target] = [partOf(folder, from), partOf(folder, to)]
  return home === undefined || target === undefined || home === target || separate.shared.includes(target)
}

function partOf(folder: string, path: string): string | undefined {
  const [part, ...rest] = path.slice(folder.length + 1).split('/')
  return rest.length > 0 ? part : undefined
}

function allowsModule({ modules }: Layer, name: string): boolean {
  if ('only' in modules) return modules.only.some((allowed) => isModule(name, allowed))
  return !modules.not.some((banned) => isModule(name, banned))
}

function isModule(name: string, entry: string): boolean {
  return entry.endsWith(':') ? name.startsWith(entry) : name === entry || name.startsWith(`${entry}/`)
}

function isIn(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`)
}

/** Own imports carry their file's extension; no module's name in use does so under one of our folders. */
function isPath(to: string): boolean {
  return /\.(?:ts|tsx|mts|mjs|js|json|css|svg)$/.test(to) && !to.includes(':') && !to.startsWith('@')
}
