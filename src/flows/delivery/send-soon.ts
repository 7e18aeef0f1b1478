import type { Platform } from '../platform.ts'

/**
 * Has deliveries tried at once: what `announce` has returned, after its transaction has committed. Never throws: they are
 * written down, and the sweep finds within a minute what could not be queued.
 */
export async function sendSoon(platform: Platform, deliveryIds: readonly string[]): Promise<void> {
  if (deliveryIds.length === 0) return
  try {
    await platform.queueDeliveries(deliveryIds)
  } catch (error) {
    console.warn(
      JSON.stringify({ message: 'deliveries wait for the sweep', count: deliveryIds.length, error: `${error}` }),
    )
  }
}
