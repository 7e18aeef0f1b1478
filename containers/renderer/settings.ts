import { cpus } from 'node:os'

/** What the renderer is told through its environment, by the launcher or the container. */
export interface RendererSettings {
  /** A Unix socket's path, or `host:port`. */
  listen: string
  token: string
  directory: string
  /** The egress proxy that judges where pages may go, where it is another process; else each browser's own does. */
  upstream: { host: string; port: number } | undefined
  /** Known to whoever judges: without effect beside `upstream`. */
  allowedNetworks: string[]
  maxSessions: number
  /** Browsers kept ready for whoever comes next. */
  spares: number
  /** Of all of a session's processes together. */
  maxMemoryBytes: number
  heapMegabytes: number
  maxLifetimeMs: number
}

type Environment = Readonly<Record<string, string | undefined>>

const MEGABYTE = 1_048_576

/** Throws an error that names the variable and what is allowed. */
export function rendererSettings(environment: Environment): RendererSettings {
  const number = (name: string, fallback: number, least: number): number => {
    const value = environment[name] || String(fallback)
    if (!/^\d+$/.test(value) || Number(value) < least)
      throw new Error(`${name} is "${value}"; allowed: a whole number from ${least} on`)
    return Number(value)
  }
  return {
    listen: needed(environment, 'LAPIS_RENDERER_LISTEN'),
    token: needed(environment, 'LAPIS_RENDERER_TOKEN'),
    directory: needed(environment, 'LAPIS_RENDERER_DIRECTORY'),
    upstream: environment['LAPIS_EGRESS'] ? hostAndPort('LAPIS_EGRESS', environment['LAPIS_EGRESS']) : undefined,
    allowedNetworks: networks(environment),
    maxSessions: number('LAPIS_RENDER_SESSIONS', Math.max(2, cpus().length), 1),
    spares: number('LAPIS_RENDER_SPARES', 1, 0),
    maxMemoryBytes: number('LAPIS_RENDER_MEMORY_MB', 1_024, 128) * MEGABYTE,
    heapMegabytes: number('LAPIS_RENDER_HEAP_MB', 512, 64),
    maxLifetimeMs: number('LAPIS_RENDER_LIFETIME_S', 900, 10) * 1_000,
  }
}

/** Of an egress proxy that is a process of its own, for renderers whose network leads nowhere else. */
export interface EgressSettings {
  listen: { host: string; port: number }
  token: string
  allowedNetworks: string[]
}

/** As `rendererSettings`. */
export function egressSettings(environment: Environment): EgressSettings {
  return {
    listen: hostAndPort('LAPIS_EGRESS_LISTEN', needed(environment, 'LAPIS_EGRESS_LISTEN')),
    token: needed(environment, 'LAPIS_RENDERER_TOKEN'),
    allowedNetworks: networks(environment),
  }
}

function needed(environment: Environment, name: string): string {
  const value = environment[name]
  if (!value) throw new Error(`${name} is not set`)
  return value
}

function hostAndPort(name: string, value: string): { host: string; port: number } {
  const [, host, port] = /^\[?([^\s[\]]+?)\]?:(\d{1,5})$/.exec(value) ?? []
  if (host === undefined || Number(port) > 65_535) throw new Error(`${name} is "${value}"; allowed: host:port`)
  return { host, port: Number(port) }
}

function networks(environment: Environment): string[] {
  return (environment['LAPIS_ALLOW_PRIVATE_NETWORKS'] ?? '').split(/[\s,]+/).filter(Boolean)
}
