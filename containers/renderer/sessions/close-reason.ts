/** Why a session ended, as `GET /v1/history` tells it; numbers are part of the protocol, so they only grow. */
export const CLOSE_REASON = {
  NormalClosure: 1,
  BrowserIdle: 2,
  LifetimeOver: 3,
  MemoryLimit: 4,
  BrowserCrashed: 5,
  RendererStopped: 6,
} as const

export type CloseReason = keyof typeof CLOSE_REASON
