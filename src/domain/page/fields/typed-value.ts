import { currencyIn } from '../../values/currency.ts'
import { readDate } from '../../values/date.ts'
import { readMailDate } from '../../values/mail-date.ts'
import { readNumber } from '../../values/number.ts'
import type { Resolver } from '../links/resolve.ts'
import { isoDate } from '../metadata/iso-date.ts'
import type { FieldKind } from './field-rules.ts'

interface Reading {
  resolver: Resolver
  /** BCP 47, as the caller gave it. */
  locale: string | undefined
  /** BCP 47, as the page says; undefined where it doesn't. */
  language: string | undefined
}

/** A text as what it should be; null where it can't be read as such. */
export function typedValue(
  text: string,
  as: FieldKind,
  { resolver, locale, language }: Reading,
): string | number | null {
  const plain = text.normalize('NFKC')
  const spoken = locale ?? language
  switch (as) {
    case 'number':
      return readNumber(plain, spoken === undefined ? {} : { locale: spoken })
    case 'price':
      // That amounts have no three decimals says more than the language that a page happens to be in.
      return readNumber(plain, { isPrice: true, ...(locale !== undefined && { locale }) })
    case 'currency':
      return currencyIn(plain)
    case 'date':
      return readMailDate(plain) ?? isoDate(plain) ?? readDate(plain, spoken)
    case 'url':
      return absolute(text.trim(), resolver)
    case 'text':
    case 'html':
    case 'markdown':
      return text
  }
}

/** Addresses of pages and files are made absolute; those of people are as they are. */
function absolute(address: string, resolver: Resolver): string | null {
  if (/^(?:mailto|tel|sms):/i.test(address)) return address
  return address === '' || /\s/.test(address) ? null : resolver.web(address)
}
