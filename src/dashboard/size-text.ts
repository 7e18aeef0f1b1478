const UNITS = ['B', 'KB', 'MB', 'GB', 'TB']

/** Bytes to be read: 1,234,567 → "1.2 MB". */
export function sizeText(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return `${(bytes / 1_000 ** power).toFixed(power === 0 ? 0 : 1)} ${UNITS[power] ?? ''}`
}
