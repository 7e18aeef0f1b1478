import type { BannerAnswer } from '../../domain/render/browser-wishes.ts'
import { bannersHidden } from './hide-banners.ts'
import { type OpenPage, timeLeft } from './open-page.ts'
import { calm } from './settle.ts'
import { within } from './within.ts'

/** Buttons of well-known banners, in shadow trees, too (our own compilation). */
const BUTTONS: Readonly<Record<BannerAnswer, readonly string[]>> = {
  reject: [
    '#onetrust-reject-all-handler',
    '#CybotCookiebotDialogBodyButtonDecline',
    '[data-testid="uc-deny-all-button"]',
    '#usercentrics-cmp-ui #deny',
    '#didomi-notice-disagree-button',
    '.didomi-continue-without-agreeing',
    '.qc-cmp2-summary-buttons button[mode="secondary"]',
    '#truste-consent-required',
    '.cc-window .cc-deny',
    '.osano-cm-denyAll',
    '.klaro .cm-btn-decline',
    '#tarteaucitronAllDenied2',
    '.cmplz-cookiebanner .cmplz-deny',
    '[data-cookie-refuse]',
    '.cky-btn-reject',
    '#cc-main [data-role="necessary"]',
    '.iubenda-cs-reject-btn',
    '[data-tid="banner-decline"]',
    '#ccc-notify-reject, #ccc-reject-settings',
    '#axeptio_btn_dismiss',
    '.cmpboxbtnno',
    '.fc-cta-do-not-consent',
    '#cookie_action_close_header_reject',
    '#cn-refuse-cookie',
  ],
  accept: [
    '#onetrust-accept-btn-handler',
    '#CybotCookiebotDialogBodyLevelButtonLevelOptinAllowAll',
    '#CybotCookiebotDialogBodyButtonAccept',
    '[data-testid="uc-accept-all-button"]',
    '#usercentrics-cmp-ui #accept',
    '#didomi-notice-agree-button',
    '.qc-cmp2-summary-buttons button[mode="primary"]',
    '#truste-consent-button',
    '.cc-window .cc-allow, .cc-window .cc-dismiss',
    '.osano-cm-accept-all',
    '.klaro .cm-btn-success',
    '#tarteaucitronPersonalize2',
    '.cmplz-cookiebanner .cmplz-accept',
    '[data-cookie-accept-all]',
    '.cky-btn-accept',
    '#cc-main [data-role="all"]',
    '.iubenda-cs-accept-btn',
    '[data-tid="banner-accept"]',
    '#ccc-notify-accept, #ccc-recommended-settings',
    '#axeptio_btn_acceptAll',
    '.cmpboxbtnyes',
    '.fc-cta-consent',
    '#cookie_action_close_header',
    '#cn-accept-cookie',
  ],
}

/** Answers the banner if it is one of those, and hides whatever is left of banners. Harmless where there is none. */
export async function answerBanner(open: OpenPage, answer: BannerAnswer): Promise<void> {
  const before = open.watch.requests
  const clicked = await within(open.evaluate<boolean>(clicking(BUTTONS[answer])), timeLeft(open.order))
  if (clicked) await calm(open, before)
  await within(open.evaluate(bannersHidden), timeLeft(open.order))
}

const clicking = (selectors: readonly string[]): string => `(() => {
  const roots = [document, ...[...document.querySelectorAll('[id^="usercentrics"], body > *')].flatMap((each) => each.shadowRoot ?? [])]
  for (const root of roots) for (const selector of ${JSON.stringify(selectors)}) {
    const host = root instanceof ShadowRoot && selector.startsWith('#' + root.host.id + ' ')
    const found = root.querySelector(host ? selector.slice(root.host.id.length + 2) : selector)
    if (!found?.checkVisibility({ visibilityProperty: true })) continue
    found.click()
    return true
  }
  return false
})()`
