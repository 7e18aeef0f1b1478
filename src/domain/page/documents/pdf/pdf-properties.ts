import type { DocumentProperties } from '../laid-out.ts'

/** The document information dictionary (ISO 32000-1 §14.3.3). */
export function pdfProperties(info: Readonly<Record<string, unknown>>): DocumentProperties {
  const say = (key: string) => {
    const value = info[key]
    return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : ''
  }
  const stated = {
    // Word's printer driver puts itself before the file's name.
    title: say('Title').replace(/^Microsoft \w+ - /, ''),
    author: say('Author'),
    description: say('Subject'),
    language: say('Language'),
    created: pdfDate(say('CreationDate')),
    modified: pdfDate(say('ModDate')),
  }
  return Object.fromEntries(Object.entries(stated).filter(([, text]) => text !== ''))
}

const DATE = /^(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([+-])(\d\d)'?(\d\d)?|Z)?/

/** `D:20220429171908+02'00'` (§7.9.4) in ISO 8601; '' for what is no date. */
function pdfDate(text: string): string {
  const parts = DATE.exec(text)
  if (!parts) return ''
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', sign, hours, minutes = '00'] =
    parts
  const zone = sign === undefined ? 'Z' : `${sign}${hours}:${minutes}`
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`
}
