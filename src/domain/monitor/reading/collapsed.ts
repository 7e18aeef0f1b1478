/** Runs of space as one, characters without width gone. Most texts need none of it, and to see that is cheap. */
export function collapsed(text: string): string {
  if (!/\s\s|[^\S ]|[\u200b\u00ad\ufeff]/.test(text)) return text.trim()
  return text
    .replace(/[\u200b\u00ad\ufeff]+/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
