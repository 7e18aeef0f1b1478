import type { ChannelType, Digest, Template } from '../../contracts/api/channel.ts'
import { TOKENS } from '../../domain/delivery/notice.ts'
import { unknownTokens } from '../../domain/delivery/template.ts'
import { scheduleFaults } from '../../domain/monitor/schedule/schedule-faults.ts'
import type { Platform } from '../platform.ts'
import { Refusal, refuseFaults } from '../problem.ts'
import { refuseUnreachable } from './refuse-unreachable.ts'

/** Acceptance case 43: a token that there is none of would show up in an alert, when nobody can mend it. */
export function refuseBadTemplate(template: Template | null, type: ChannelType): void {
  if (template && type === 'webhook')
    refuseFaults([
      { path: 'template', message: 'is for messages to people; what a webhook is sent is fixed: leave it out' },
    ])
  if (template && template.title === undefined && template.text === undefined)
    refuseFaults([{ path: 'template', message: 'needs `title`, `text`, or both; null takes it away' }])
  const errors = (['title', 'text'] as const).flatMap((field) => {
    const unknown = unknownTokens(template?.[field] ?? '')
    const message = `there is no ${unknown.join(', ')}; the tokens are ${TOKENS.join(', ')}`
    return unknown.length > 0 ? [{ path: `template.${field}`, message }] : []
  })
  refuseFaults(errors)
}

export function refuseBadDigest({ now }: Platform, digest: Digest | null): void {
  const faults = digest ? scheduleFaults({ schedule: digest, windows: [] }, now().getTime()) : []
  refuseFaults(faults.map(({ path, message }) => ({ path: path.replace('schedule', 'digest'), message })))
}

export async function refuseBadTarget(
  platform: Platform,
  type: ChannelType,
  config: Record<string, unknown>,
): Promise<void> {
  if (type === 'email' && !platform.sendMail) {
    const detail = 'This platform sends no e-mail: its operator has not set LAPIS_SMTP_URL.'
    throw new Refusal(503, 'email_unavailable', detail)
  }
  for (const url of [config['url'], config['apiUrl']])
    if (typeof url === 'string') await refuseUnreachable(platform, url)
}
