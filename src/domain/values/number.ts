/** Languages that write 1.234,56; the others write 1,234.56. */
const COMMA_LANGUAGES = new Set(
  'be bg bs ca cs da de el es et eu fi fr gl hr hu hy id is it ka kk lt lv mk nb nl nn no pl pt ro ru sk sl sq sr sv tr uk vi'.split(
    ' ',
  ),
)

const NUMBER =
  /[-−]?\s?(?:\d{1,3}(?:[\s.,'’\u00a0\u202f]\d{2,3})*[\s.,'’\u00a0\u202f]\d{3}(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?)/u

export interface NumberStyle {
  /** BCP 47. */
  locale?: string
  /** Amounts of money have no three decimals: 1.234 is more than a thousand. */
  isPrice?: boolean
}

/** The first number of a text, however its language groups digits; null where there is none. */
export function readNumber(text: string, style: NumberStyle = {}): number | null {
  const written = NUMBER.exec(text)?.[0]
    ?.replace('−', '-')
    .replace(/[\s'’\u00a0\u202f]/g, '')
  if (written === undefined) return null
  const decimal = decimalMark(written, style)
  const plain = written.replace(/[.,]/g, (mark) => (mark === decimal ? '.' : ''))
  const value = Number(plain)
  return Number.isFinite(value) ? value : null
}

function decimalMark(written: string, style: NumberStyle): '.' | ',' | undefined {
  const dots = written.split('.').length - 1
  const commas = written.split(',').length - 1
  if (dots > 0 && commas > 0) return written.lastIndexOf('.') > written.lastIndexOf(',') ? '.' : ','
  if (dots + commas !== 1) return undefined
  const mark = dots === 1 ? '.' : ','
  const groupsThousands = /^-?[1-9]\d{0,2}[.,]\d{3}$/.test(written)
  return groupsThousands && !isDecimal(mark, style) ? undefined : mark
}

/** What `1.234` and `1,234` are can't be seen: the language tells, else what the value is. */
function isDecimal(mark: '.' | ',', { locale, isPrice = false }: NumberStyle): boolean {
  if (locale !== undefined) return (mark === ',') === COMMA_LANGUAGES.has(locale.toLowerCase().split('-')[0] ?? '')
  return mark === '.' && !isPrice
}
