import type { CDPSession } from '@cloudflare/puppeteer'
import { productTokenOf } from '../../domain/robots/product-token.ts'
import { type Window, acceptLanguage, windowOf } from '../../domain/render/visitor.ts'
import type { RenderOrder } from './render-order.ts'

/** Has the page see its visitor: their window, browser, language and time. */
export async function appear(cdp: CDPSession, order: RenderOrder): Promise<Window> {
  const { mobile = false, locale, timezone, screenshot, userAgent } = order
  const usual = windowOf(order)
  const window = { ...usual, width: screenshot?.width ?? usual.width, height: screenshot?.height ?? usual.height }
  const { width, height, scale } = window
  await Promise.all([
    cdp.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: scale, mobile }),
    cdp.send('Emulation.setUserAgentOverride', {
      userAgent,
      ...(locale !== undefined && { acceptLanguage: acceptLanguage(locale) }),
      ...(mobile && { userAgentMetadata: telephone(userAgent) }),
    }),
    ...(mobile ? [cdp.send('Emulation.setTouchEmulationEnabled', { enabled: true })] : []),
    // ICU's spelling of a tag.
    ...(locale === undefined ? [] : [cdp.send('Emulation.setLocaleOverride', { locale: locale.replaceAll('-', '_') })]),
    ...(timezone === undefined ? [] : [cdp.send('Emulation.setTimezoneOverride', { timezoneId: timezone })]),
  ])
  return window
}

/** Client hints (RFC 8942) of a telephone that says who we are. */
function telephone(userAgent: string): {
  brands: { brand: string; version: string }[]
  platform: string
  platformVersion: string
  architecture: string
  model: string
  mobile: boolean
} {
  const [, version = '0'] = /\/(\d+)/.exec(userAgent) ?? []
  const brands = [{ brand: productTokenOf(userAgent) ?? userAgent, version }]
  return { brands, platform: 'Android', platformVersion: '', architecture: '', model: '', mobile: true }
}
