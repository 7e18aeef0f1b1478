/** An HTTP request that carries a message, always a POST of JSON. */
export interface Message {
  url: string
  headers: Record<string, string>
  body: string
}

export function jsonMessage(url: string, body: object, headers: Record<string, string> = {}): Message {
  return { url, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }
}
