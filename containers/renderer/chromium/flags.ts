export interface BrowserWish {
  profile: string
  /** `host:port` of the egress proxy: the only way out. */
  proxy: string
  /** Megabytes of JavaScript heap that a page may take before its tab is ended. */
  heapMegabytes: number
  sandbox: boolean
}

const CLOSED_FEATURES = [
  // Each is traffic of the browser's own, or something a page could keep alive or reach out with.
  'AutofillServerCommunication',
  'BackForwardCache',
  'CertificateTransparencyComponentUpdater',
  'DialMediaRouteProvider',
  'GlobalMediaControls',
  'HttpsUpgrades',
  'InterestFeedContentSuggestions',
  'MediaRouter',
  'NetworkPrediction',
  'OptimizationHints',
  'Prerender2',
  'Translate',
  'WebOTP',
  'WebUSB',
]

/** Every switch has one of two reasons: nothing leaves but through the proxy, or nothing is done that no page here needs. */
export function chromiumFlags({ profile, proxy, heapMegabytes, sandbox }: BrowserWish): string[] {
  return [
    '--headless',
    '--remote-debugging-port=0',
    '--remote-debugging-address=127.0.0.1',
    `--user-data-dir=${profile}`,
    ...(sandbox ? [] : ['--no-sandbox']),
    // The proxy is the way out, loopback included, and nothing is looked up here.
    `--proxy-server=http://${proxy}`,
    '--proxy-bypass-list=<-loopback>',
    '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
    '--disable-quic',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--dns-prefetch-disable',
    '--no-pings',
    '--deny-permission-prompts',
    '--disable-background-networking',
    '--disable-breakpad',
    '--disable-client-side-phishing-detection',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-extensions',
    `--disable-features=${CLOSED_FEATURES.join(',')}`,
    '--disable-notifications',
    '--disable-remote-fonts-preloading',
    '--disable-sync',
    '--metrics-recording-only',
    '--no-default-browser-check',
    '--no-first-run',
    // A page in the background is rendered as fast as one that somebody looks at.
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    '--disable-ipc-flooding-protection',
    '--disable-hang-monitor',
    '--disable-dev-shm-usage',
    '--disable-gpu',
    '--hide-scrollbars',
    '--mute-audio',
    '--password-store=basic',
    '--use-mock-keychain',
    '--disk-cache-size=16777216',
    `--js-flags=--max-old-space-size=${heapMegabytes}`,
    'about:blank',
  ]
}
