import { timingSafeEqual } from 'node:crypto'

/** Whether a header says `Bearer <token>`, told in a time that says nothing of how much of it was right. */
export function bears(header: string | undefined, token: string): boolean {
  const [given, wanted] = [Buffer.from(header ?? ''), Buffer.from(`Bearer ${token}`)]
  return given.byteLength === wanted.byteLength && timingSafeEqual(given, wanted)
}
