const PREFIX = 'whsec_'
const RANDOM_BYTES = 32

/** A signing secret by Standard Webhooks 1.0: `whsec_` and the base64 of 24 to 64 bytes. */
export function newWebhookSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(RANDOM_BYTES))
  return `${PREFIX}${btoa(String.fromCharCode(...bytes))}`
}

export interface SignedContent {
  id: string
  /** Unix seconds: of the attempt, so that an old delivery can be sent once more and an overheard one can not. */
  timestamp: number
  body: string
}

/** The headers that identify and sign a delivery; one signature for each secret, while one takes the place of another. */
export async function webhookHeaders(
  { id, timestamp, body }: SignedContent,
  secrets: readonly string[],
): Promise<Record<string, string>> {
  const content = new TextEncoder().encode(`${id}.${timestamp}.${body}`)
  const signatures = await Promise.all(secrets.map((secret) => signature(secret, content)))
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    ...(signatures.length > 0 && { 'webhook-signature': signatures.join(' ') }),
  }
}

async function signature(secret: string, content: Uint8Array): Promise<string> {
  const bytes = Uint8Array.from(atob(secret.slice(PREFIX.length)), (character) => character.charCodeAt(0))
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, content))
  return `v1,${btoa(String.fromCharCode(...mac))}`
}
