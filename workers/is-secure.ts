/** Whether browsers come by HTTPS, also when a proxy in front of us speaks it. */
export function isSecure(requestUrl: string, publicUrl: string): boolean {
  return new URL(requestUrl).protocol === 'https:' || publicUrl.startsWith('https:')
}
