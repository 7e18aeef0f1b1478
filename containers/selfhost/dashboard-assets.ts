// What the dashboard's pages load, built into a module of the Worker: `node containers/selfhost/dashboard-assets.ts` writes it.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, stop } from 'esbuild'

/** Relative to the checkout. It is committed, so that the Worker is the same wherever it is bundled. */
export const BUILT = 'src/dashboard/built.ts'
const SOURCES = 'src/dashboard/browser'

/** The module's text. */
export async function dashboardAssets(root: string): Promise<string> {
  const [script, style, icon] = await Promise.all([
    bundled(join(root, SOURCES, 'main.ts')),
    bundled(join(root, SOURCES, 'style.css')),
    readFile(join(root, SOURCES, 'icon.svg'), 'utf8'),
  ])
  await stop()
  const constants = Object.entries({ SCRIPT: script, STYLE: style, ICON: icon.trim() })
  return [
    '// Built from src/dashboard/browser by containers/selfhost/dashboard-assets.ts; not to be edited.',
    ...constants.map(([name, text]) => `export const ${name} = ${JSON.stringify(text)}`),
    '',
  ].join('\n')
}

async function bundled(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: ['es2022', 'chrome123', 'firefox120', 'safari17.5'],
    legalComments: 'none',
  })
  return outputFiles[0]?.text.trim() ?? ''
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  await writeFile(join(root, BUILT), await dashboardAssets(root))
}
