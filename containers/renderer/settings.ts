import { cpus } from 'node:os'

/** What the renderer is told through its environment, by the launcher or the container. */
export interface RendererSettings {
  /** A Unix socket's path, or `host:port`. */
  listen: string
  token: string
  directory: string
  allowedNetworks: string[]
  maxSessions: number
  /** Browsers kept ready for whoever comes next. */
  spares: number
  /** Of all of a session's processes together. */
  maxMemoryBytes: number
  heapMegabytes: number
  maxLifetimeMs: number
}

const MEGABYTE = 1_048_576

/** Throws an error that names the variable and what is allowed. */
export function rendererSettings(environment: Readonly<Record<string, string | undefined>>): RendererSettings {
  const needed = (name: string): string => {
    const value = environment[name]
    if (!value) throw new Error(`${name} is not set`)
    return value
  }
  const number = (name: string, fallback: number, least: number): number => {
    const value = environment[name] || String(fallback)
    if (!/^\d+$/.test(value) || Number(value) < least)
      throw new Error(`${name} is "${value}"; allowed: a whole number from ${least} on`)
    return Number(value)
  }
  return {
    listen: needed('LAPIS_RENDERER_LISTEN'),
    token: needed('LAPIS_RENDERER_TOKEN'),
    directory: needed('LAPIS_RENDERER_DIRECTORY'),
    allowedNetworks: (environment['LAPIS_ALLOW_PRIVATE_NETWORKS'] ?? '').split(/[\s,]+/).filter(Boolean),
    maxSessions: number('LAPIS_RENDER_SESSIONS', Math.max(2, cpus().length), 1),
    spares: number('LAPIS_RENDER_SPARES', 1, 0),
    maxMemoryBytes: number('LAPIS_RENDER_MEMORY_MB', 1_024, 128) * MEGABYTE,
    heapMegabytes: number('LAPIS_RENDER_HEAP_MB', 512, 64),
    maxLifetimeMs: number('LAPIS_RENDER_LIFETIME_S', 900, 10) * 1_000,
  }
}
