import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

const SECOND = 1_000

// What a Worker's packages are resolved by. `require` inside a dependency (pg asks for pg-cloudflare) is answered by the root
// server of @cloudflare/vitest-plugin 1.5, not by the workerd project's, so the conditions stand at the root.
const WORKER_CONDITIONS = ['workerd', 'worker', 'module', 'browser']

export default defineConfig({
  resolve: { conditions: WORKER_CONDITIONS },
  ssr: { target: 'webworker', resolve: { conditions: WORKER_CONDITIONS } },
  test: {
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts', 'workers/**/*.ts', 'durable-objects/**/*.ts', 'containers/{renderer,selfhost}/**/*.ts'],
      exclude: ['src/dashboard/**', '**/*.d.ts'],
      reporter: ['text-summary', 'lcov'],
      reportsDirectory: 'coverage',
    },
    projects: [
      {
        extends: false,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/architecture/**/*.test.ts'],
          // Pure rules: a fresh realm for each file would cost more than the tests do.
          isolate: false,
          testTimeout: 30 * SECOND,
        },
      },
      {
        plugins: [
          cloudflareTest(({ inject }) => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              hyperdrives: { HYPERDRIVE: inject('databaseUrl') },
              bindings: {
                LAPIS_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8',
                LAPIS_PUBLIC_URL: 'http://lapis.test',
                // Browsers are for tests of the whole platform (test/selfhost/rendering.test.ts).
                LAPIS_RENDER: 'off',
                LAPIS_ENCRYPTION_SECRET: 'another-one-known-to-these-tests-only',
                LAPIS_TOKEN_SECRET: 'known-to-these-tests-and-nobody-else',
                LAPIS_TEST_CLOCK_SPEED: '20',
              },
            },
          })),
        ],
        test: {
          name: 'workerd',
          include: ['test/workerd/**/*.test.ts'],
          globalSetup: ['test/workerd/setup/database.ts', 'test/workerd/setup/site-server.ts'],
          testTimeout: 20 * SECOND,
          hookTimeout: 30 * SECOND,
          // A database client that is ended leaves this rejection in workerd (PLATFORM: Postgres); nothing of ours awaits it.
          onUnhandledError: (error) => (error.message === 'This socket has been closed.' ? false : undefined),
        },
      },
      {
        extends: false,
        test: {
          name: 'selfhost',
          include: ['test/selfhost/**/*.test.ts'],
          // Each file starts whole platforms and kills their processes: two at once would measure each other.
          fileParallelism: false,
          testTimeout: 120 * SECOND,
          hookTimeout: 120 * SECOND,
        },
      },
      {
        extends: false,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 120 * SECOND,
          hookTimeout: 120 * SECOND,
        },
      },
    ],
  },
})
