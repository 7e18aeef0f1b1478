/** On what is hidden: it is left out of the document, too. */
export const HIDDEN = 'data-lapis-hidden'

/** More text than this is no banner, but a page about cookies. */
const LONGEST_BANNER = 3_000

/** Hides what lies over the page and speaks of cookies, with the veil behind it, and lets the page scroll again. */
export const bannersHidden = `(() => {
  const words = /cookie|consent|gdpr|rgpd|dsgvo|einwilligung|クッキー/i
  const isOver = (each) => /fixed|sticky/.test(getComputedStyle(each).position)
  const textOf = (each) => (each.shadowRoot ?? each).textContent.replace(/\\s+/g, ' ')
  const isPage = (each) => each.matches('header, nav, main') || each.querySelector('main, article, h1, nav')
  const isBanner = (each) => {
    const text = textOf(each)
    const asks = each.localName === 'iframe' || (each.shadowRoot ?? each).querySelector('button, a, input, [role="button"]')
    return !isPage(each) && text.length < ${LONGEST_BANNER} && asks && (words.test(text) || words.test(each.id + ' ' + each.className + ' ' + (each.title ?? '')))
  }
  const isVeil = (each) => {
    const { width, height } = each.getBoundingClientRect()
    return each.childElementCount === 0 && textOf(each).trim() === '' && width >= innerWidth * 0.9 && height >= innerHeight * 0.9
  }
  const over = [...document.querySelectorAll('body *')].filter((each) => each.checkVisibility() && isOver(each))
  const banners = over.filter(isBanner)
  for (const each of [...banners, ...(banners.length > 0 ? over.filter(isVeil) : [])]) {
    each.setAttribute('${HIDDEN}', '')
    each.style.setProperty('display', 'none', 'important')
  }
  if (banners.length === 0) return
  for (const each of [document.documentElement, document.body])
    if (getComputedStyle(each).overflowY === 'hidden') each.style.setProperty('overflow', 'auto', 'important')
})()`
