import {
  type SealedSecret,
  type SecretKeeper,
  countSealedWithOtherKeys,
  replaceSeal,
  sealedWithOtherKeys,
} from '../../storage/postgres/sealed-secrets.ts'
import { contextOfChannel } from '../delivery/channel-secrets.ts'
import type { Platform } from '../platform.ts'
import { keyName, seal, unseal } from './sealing.ts'

const PAGE = 100
/** Of one run; the next one goes on. */
const MOST = 1_000
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

const CONTEXT: Record<SecretKeeper, (id: string) => string> = {
  channel: contextOfChannel,
  monitor: (id) => id,
}

/**
 * Seals with the current secret what an older one has sealed, so that the older one can be given up. Says how many that
 * were, and how many nothing opens any more: those wait for their secret, or for their owner to enter them again.
 */
export async function sealAnew(platform: Platform): Promise<{ sealed: number; unopened: number }> {
  const [current] = platform.encryptionSecrets
  const done = { sealed: 0, unopened: 0 }
  if (current === undefined) return done
  const name = keyName(current)
  for (const keeper of ['channel', 'monitor'] as const) await sealAllAnew(platform, keeper, name, done)
  return done
}

/** Secrets that the current key does not open; 0: older ones may be given up. */
export async function countOlderSeals(platform: Platform): Promise<number> {
  const [current] = platform.encryptionSecrets
  return current === undefined ? 0 : countSealedWithOtherKeys(await platform.database(), keyName(current))
}

async function sealAllAnew(
  platform: Platform,
  keeper: SecretKeeper,
  name: string,
  done: { sealed: number; unopened: number },
): Promise<void> {
  const db = await platform.database()
  let after = BEFORE_ALL
  while (done.sealed + done.unopened < MOST) {
    const page = await sealedWithOtherKeys(db, keeper, { keyName: name, after, limit: PAGE })
    for (const secret of page) {
      const isDone = await sealOneAnew(platform, keeper, secret)
      done[isDone ? 'sealed' : 'unopened']++
      after = secret.id
    }
    if (page.length < PAGE) return
  }
}

async function sealOneAnew(platform: Platform, keeper: SecretKeeper, { id, sealed }: SealedSecret): Promise<boolean> {
  const secrets = platform.encryptionSecrets
  const text = await unseal(secrets, CONTEXT[keeper](id), sealed).catch(() => undefined)
  if (text === undefined) return false
  const anew = await seal(secrets, CONTEXT[keeper](id), text)
  await replaceSeal(await platform.database(), keeper, { id, sealed, anew })
  return true
}
