import { describe, expect, it } from 'vitest'
import { networkRules } from '../../../../containers/selfhost/network-rules.ts'

describe('with nothing allowed', () => {
  const rules = networkRules([])

  it.each([
    ['127.0.0.1', 'RFC 1122: loopback'],
    ['10.0.0.1', 'RFC 1918'],
    ['172.31.255.255', 'RFC 1918'],
    ['192.168.1.1', 'RFC 1918'],
    ['100.64.0.1', 'RFC 6598: carrier NAT'],
    ['169.254.169.254', 'RFC 3927: cloud metadata'],
    ['168.63.129.16', "Azure's wire server"],
    ['0.0.0.0', 'RFC 1122: this network'],
    ['198.18.0.1', 'RFC 2544'],
    ['::1', 'RFC 4291'],
    ['::ffff:127.0.0.1', 'RFC 4291: IPv4-mapped'],
    ['64:ff9b::7f00:1', 'RFC 6052: NAT64'],
    ['2002:7f00:1::', 'RFC 3056: 6to4'],
    ['fd00::1', 'RFC 4193'],
    ['fe80::1', 'RFC 4291: link-local'],
    ['not an address', ''],
  ])('%s is refused (%s)', (address) => expect(rules.permits(address)).toBe(false))

  it.each([['1.1.1.1'], ['2606:4700::1111'], ['172.32.0.1'], ['198.20.0.1']])('%s is permitted', (address) => {
    expect(rules.permits(address)).toBe(true)
  })
})

describe('what the operator allowed', () => {
  it('opens just that', () => {
    const { permits } = networkRules(['127.0.0.0/8'])
    expect([permits('127.0.0.1'), permits('::ffff:127.0.0.1'), permits('::1'), permits('10.0.0.1')]).toEqual([
      true,
      true,
      false,
      false,
    ])
  })

  // workerd decides equal prefixes for `deny`, and a longer denied prefix against a shorter allowed one.
  it.each([
    ['equal', '198.18.0.0/15', '198.18.0.0/15'],
    ['wider', '198.0.0.0/8', '198.18.0.0/15'],
    ['wider, IPv6', '2000::/8', '2002::/16'],
  ])('is taken off the deny list where it is %s', (_, allowed, denied) => {
    expect(networkRules([]).deny).toContain(denied)
    expect(networkRules([allowed]).deny).not.toContain(denied)
  })

  it('leaves a wider denied network in place, which loses to it anyway', () => {
    expect(networkRules(['198.18.5.0/24']).deny).toContain('198.18.0.0/15')
  })
})
