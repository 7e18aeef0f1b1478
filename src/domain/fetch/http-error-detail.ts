/** What Cloudflare's own statuses say of the site behind it (Cloudflare, "5xx errors"). */
const BY_CLOUDFLARE: Readonly<Record<number, string>> = {
  520: 'Cloudflare got an answer from the site that it could not understand',
  521: 'the site refuses connections from Cloudflare',
  522: 'Cloudflare could not connect to the site in time',
  523: 'Cloudflare finds no way to the site',
  524: 'the site took the connection from Cloudflare but did not answer in time',
  525: 'Cloudflare could not agree on TLS with the site',
  526: 'the certificate of the site behind Cloudflare is not valid',
  527: 'the connection from Cloudflare to the site was interrupted',
  530: 'Cloudflare could not find the site in the DNS, or may not reach it',
}

const MEANINGS: Readonly<Record<number, string>> = {
  401: 'it asks for a login',
  403: 'it refuses this page to us',
  404: 'there is no such page',
  410: 'the page is gone for good',
  451: 'the page is withheld for legal reasons',
  ...BY_CLOUDFLARE,
}

/** An error status in a sentence that a person can act on. */
export function httpErrorDetail(status: number): string {
  const meaning = MEANINGS[status]
  return meaning === undefined ? `The site answers HTTP ${status}.` : `The site answers HTTP ${status}: ${meaning}.`
}
