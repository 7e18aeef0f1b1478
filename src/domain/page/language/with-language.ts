import type { PageReading, PageRequest } from '../page.ts'

/** Reads a document, and finds out the language of one that doesn't name it. */
export async function withLanguage(
  request: PageRequest,
  read: (request: PageRequest) => PageReading | Promise<PageReading>,
): Promise<PageReading> {
  const reading = await read({ ...request, formats: new Set([...request.formats, 'text'] as const) })
  const { text = '', ...rest } = reading
  const shown = request.formats.has('text') ? reading : rest
  if (reading.language !== null || text === '') return shown
  // Loaded with the first document that needs it: most pages name their language.
  const { detectLanguage } = await import('./detect-language.ts')
  return { ...shown, language: detectLanguage(text) ?? null }
}
