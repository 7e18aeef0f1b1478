import { describe, expect, it } from 'vitest'
import { seal, unseal } from '../../../src/flows/secrets/sealing.ts'

const OLD = 'an-old-secret-of-thirty-two-characters'
const NEW = 'a-new-secret-of-more-than-thirty-two-characters'

describe('sealing', () => {
  it('opens what it has sealed, and shows nothing of it', async () => {
    const sealed = await seal([NEW], 'crawl-1', 'pässword')
    expect(sealed).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]{16}\.[\w-]+$/)
    expect(await unseal([NEW], 'crawl-1', sealed)).toBe('pässword')
  })

  it('never seals twice alike', async () => {
    expect(await seal([NEW], 'crawl-1', 'x')).not.toBe(await seal([NEW], 'crawl-1', 'x'))
  })

  it('opens what an older secret has sealed, and seals with the new one', async () => {
    const sealed = await seal([OLD], 'crawl-1', 'x')
    expect(await unseal([NEW, OLD], 'crawl-1', sealed)).toBe('x')
    await expect(unseal([OLD], 'crawl-1', await seal([NEW, OLD], 'crawl-1', 'x'))).rejects.toThrow(
      'LAPIS_ENCRYPTION_SECRET',
    )
  })

  it('opens nothing for another crawl, and nothing that was changed', async () => {
    const sealed = await seal([NEW], 'crawl-1', 'x')
    await expect(unseal([NEW], 'crawl-2', sealed)).rejects.toMatchObject({ name: 'OperationError' })
    const [version, key, iv, text = ''] = sealed.split('.')
    const changed = [version, key, iv, text.startsWith('A') ? `B${text.slice(1)}` : `A${text.slice(1)}`].join('.')
    await expect(unseal([NEW], 'crawl-1', changed)).rejects.toMatchObject({ name: 'OperationError' })
  })

  it('says what is missing where there is no secret', async () => {
    await expect(seal([], 'crawl-1', 'x')).rejects.toMatchObject({ status: 503, code: 'credentials_unavailable' })
  })
})
