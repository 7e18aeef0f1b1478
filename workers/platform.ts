import { connect } from 'cloudflare:sockets'
import type { FrontierRpc } from '../src/contracts/frontier.ts'
import type { CheckJob, DeliverJob } from '../src/contracts/jobs.ts'
import type { LedgerRpc } from '../src/contracts/ledger.ts'
import type { Platform } from '../src/flows/platform.ts'
import { addressCheck, explainer } from '../src/net/explain.ts'
import { rendererOf } from '../src/net/rendering/renderer.ts'
import { openDatabase } from '../src/storage/postgres/database.ts'
import { type Config, readConfig } from './config.ts'
import type { Env } from './env.ts'
import { mailerOf } from './mail.ts'
import { rendererFleet } from './renderer-fleet.ts'

/** What flows work with, from the Worker's bindings. One per invocation: its database connection can't be shared. */
export function platformOf(env: Env, config: Config = readConfig(env)): Platform {
  return {
    database: openDatabase(env.HYPERDRIVE.connectionString, connect),
    archive: env.ARCHIVE,
    // Stubs are typed by their class; flows know the calls, not the class.
    frontier: (domain) => env.DOMAIN_FRONTIER.getByName(domain) as unknown as FrontierRpc,
    ledger: (crawlId) => env.CRAWL_LEDGER.getByName(crawlId) as unknown as LedgerRpc,
    queueDeliveries: deliveryQueue(env.DELIVER_QUEUE),
    queueChecks: checkQueue(env.CHECK_QUEUE),
    net: {
      userAgent: config.userAgent,
      productToken: config.productToken,
      allowedNetworks: config.allowedNetworks,
      explain: explainer(env.PROBE),
      mayReach: addressCheck(env.PROBE),
    },
    openRenderer: rendererOpener(env, config),
    tokenSecrets: config.tokenSecrets,
    encryptionSecrets: config.encryptionSecrets,
    isRegistrationOpen: config.isRegistrationOpen,
    quotas: config.quotas,
    sendMail: mailerOf(config.mailServer),
    publicUrl: config.publicUrl,
    clockSpeed: config.clockSpeed,
    now: () => new Date(),
  }
}

/** Messages that one call of sendBatch takes: https://developers.cloudflare.com/queues/platform/limits/ */
const MOST_MESSAGES = 100

function deliveryQueue(queue: Queue<DeliverJob>): Platform['queueDeliveries'] {
  return async (deliveryIds, delaySeconds = 0) => {
    for (let first = 0; first < deliveryIds.length; first += MOST_MESSAGES) {
      const jobs = deliveryIds.slice(first, first + MOST_MESSAGES)
      await queue.sendBatch(jobs.map((deliveryId) => ({ body: { v: 1, kind: 'deliver', deliveryId }, delaySeconds })))
    }
  }
}

function checkQueue(queue: Queue<CheckJob>): Platform['queueChecks'] {
  return async (jobs, delaySeconds = 0) => {
    for (let first = 0; first < jobs.length; first += MOST_MESSAGES)
      await queue.sendBatch(jobs.slice(first, first + MOST_MESSAGES).map((body) => ({ body, delaySeconds })))
  }
}

function rendererOpener(env: Env, { rendering, rendererInstances }: Config): Platform['openRenderer'] {
  const { RENDERER, BROWSER } = env
  const browsers = RENDERER
    ? rendererFleet((index) => RENDERER.getByName(`renderer-${index}`), rendererInstances)
    : BROWSER
  return browsers && rendering === 'auto' ? () => rendererOf(browsers) : undefined
}
