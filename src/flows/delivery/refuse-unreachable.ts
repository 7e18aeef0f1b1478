import { portVerdict } from '../../domain/fetch/address.ts'
import type { Platform } from '../platform.ts'
import { Refusal } from '../problem.ts'
import { refusePrivate } from '../refuse-private.ts'

/** A target that could never be sent to is refused when it is named. */
export async function refuseUnreachable(platform: Platform, url: string): Promise<void> {
  await refusePrivate(platform, url)
  if (portVerdict(url) === 'blocked') {
    const detail = `${new URL(url).host} names a port that no browser would fetch from.`
    throw new Refusal(422, 'address_not_allowed', detail)
  }
}
