import { builtinModules } from 'node:module'
import { join } from 'node:path'
import { type Plugin, build, stop } from 'esbuild'
import { StartFault } from './start-fault.ts'

export interface BundleOrder {
  root: string
  /** wrangler.toml's `main`, and our R2 Worker, relative to the root. */
  entries: { worker: string; r2: string }
  outputDirectory: string
}

/** workerd's modules come as ESM; packages that `require` a Node module would get a `require` that isn't there. */
const nodeModulesByImport: Plugin = {
  name: 'node-modules-by-import',
  setup: (plugged) => {
    const bare = new RegExp(`^(node:)?(${builtinModules.join('|')})$`)
    plugged.onResolve({ filter: bare }, ({ path, kind }) => {
      const name = path.startsWith('node:') ? path : `node:${path}`
      return kind === 'require-call'
        ? { path: name, namespace: 'required-node-module' }
        : { path: name, external: true }
    })
    plugged.onLoad({ filter: /.*/, namespace: 'required-node-module' }, ({ path }) => ({
      contents: `import module_ from '${path}'; module.exports = module_`,
      loader: 'js',
    }))
  },
}

/** Bundles the Worker and the R2 Worker beside the config that embeds them. Takes a second or less. */
export async function bundle(order: BundleOrder): Promise<void> {
  const { root, entries, outputDirectory } = order
  try {
    await build({
      entryPoints: { worker: join(root, entries.worker), r2: join(root, entries.r2) },
      outdir: outputDirectory,
      absWorkingDir: root,
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      target: 'es2024',
      conditions: ['workerd', 'worker', 'browser'],
      mainFields: ['browser', 'module', 'main'],
      external: ['cloudflare:*'],
      define: { 'process.env.NODE_ENV': '"production"' },
      plugins: [nodeModulesByImport],
      // workerd reads all of it at its start, PDF.js included. Names stay, and lines short, for stack traces.
      minifyWhitespace: true,
      lineLimit: 160,
      sourcemap: true,
      logLevel: 'silent',
    })
  } catch (error) {
    throw new StartFault(`The Worker can't be built: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    // Its process would stay for a next build, with what the last one took of memory.
    await stop()
  }
}
