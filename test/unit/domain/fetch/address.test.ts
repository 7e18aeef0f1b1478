import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  inCidr,
  literalAddressVerdict,
  parseAddress,
  parseCidr,
  portVerdict,
} from '../../../../src/domain/fetch/address.ts'

describe('literalAddressVerdict', () => {
  // One address inside each block at its start and at its end, and its neighbours outside where they are public.
  it.each([
    ['0.0.0.0/8', ['0.0.0.0', '0.0.0.1', '0.255.255.255'], ['1.0.0.0']],
    ['10.0.0.0/8', ['10.0.0.0', '10.255.255.255'], ['9.255.255.255', '11.0.0.0']],
    ['100.64.0.0/10', ['100.64.0.0', '100.127.255.255'], ['100.63.255.255', '100.128.0.0']],
    ['127.0.0.0/8', ['127.0.0.1', '127.255.255.255'], ['126.255.255.255', '128.0.0.0']],
    ["Azure's wire server", ['168.63.129.16'], ['168.63.129.15', '168.63.129.17']],
    ['169.254.0.0/16', ['169.254.169.254', '169.254.255.255'], ['169.253.255.255', '169.255.0.0']],
    ['172.16.0.0/12', ['172.16.0.0', '172.31.255.255'], ['172.15.255.255', '172.32.0.0']],
    ['192.0.0.0/24', ['192.0.0.1', '192.0.0.255'], ['191.255.255.255', '192.0.1.0']],
    ['192.0.2.0/24', ['192.0.2.1'], ['192.0.3.0']],
    ['192.88.99.0/24', ['192.88.99.1'], ['192.88.98.255', '192.88.100.0']],
    ['192.168.0.0/16', ['192.168.0.0', '192.168.255.255'], ['192.167.255.255', '192.169.0.0']],
    ['198.18.0.0/15', ['198.18.0.0', '198.19.255.255'], ['198.17.255.255', '198.20.0.0']],
    ['198.51.100.0/24', ['198.51.100.1'], ['198.51.99.255', '198.51.101.0']],
    ['203.0.113.0/24', ['203.0.113.1'], ['203.0.112.255', '203.0.114.0']],
    ['224.0.0.0/4', ['224.0.0.1', '239.255.255.255'], ['223.255.255.255']],
    ['240.0.0.0/4', ['240.0.0.1', '255.255.255.255'], []],
    ['::/96', ['[::]', '[::1]', '[::127.0.0.1]', '[::808:808]'], []],
    ['NAT64', ['[64:ff9b::a9fe:a9fe]', '[64:ff9b::8.8.8.8]', '[64:ff9b:1::1]'], ['[64:ff9c::1]']],
    ['100::/64', ['[100::1]'], ['[100:0:0:1::1]']],
    ['Teredo', ['[2001::1]', '[2001:0:ffff::1]'], ['[2001:4860:4860::8888]']],
    ['documentation', ['[2001:db8::1]', '[2001:db8:ffff::]'], ['[2001:db9::1]']],
    ['6to4', ['[2002:7f00:1::]', '[2002:808:808::]'], ['[2003::1]']],
    ['unique local', ['[fc00::1]', '[fdff::1]'], ['[fbff::1]']],
    ['link-local', ['[fe80::1]', '[febf::1]'], []],
    ['site-local', ['[fec0::1]', '[feff::1]'], []],
    ['multicast', ['[ff02::1]'], []],
    ['public', [], ['1.1.1.1', '8.8.8.8', '[2606:4700:4700::1111]']],
  ])('%s', (_, inside, outside) => {
    expect(inside.filter((host) => literalAddressVerdict(host, []) !== 'private')).toEqual([])
    expect(outside.filter((host) => literalAddressVerdict(host, []) !== 'public')).toEqual([])
  })

  // OWASP's list of spellings that filters miss.
  it.each([
    ...[
      '127.0.0.1',
      '127.1',
      '127.0.1',
      '2130706433',
      '0x7f000001',
      '0x7f.0x0.0x0.0x1',
      '0177.0.0.1',
      '017700000001',
      '127.0.0.1.',
    ],
    ...[
      '0',
      '0x0',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[0:0:0:0:0:ffff:7f00:0001]',
      '[::FFFF:127.0.0.1]',
      '::1',
      '[0:0:0:0:0:0:0:1]',
    ],
    ...['localhost', 'LOCALHOST', 'localhost.', 'app.localhost', '１２７.０.０.１', '127。0。0。1', '%31%32%37.0.0.1'],
  ])('sees through %s', (spelling) => {
    expect(literalAddressVerdict(spelling, [])).toBe('private')
    const url = URL.parse(`http://${spelling.includes(':') && !spelling.startsWith('[') ? `[${spelling}]` : spelling}/`)
    expect(literalAddressVerdict(url?.hostname ?? '', [])).toBe('private')
  })

  it('judges an IPv4-mapped address by the address that it reaches', () => {
    expect(literalAddressVerdict('[::ffff:8.8.8.8]', [])).toBe('public')
    expect(literalAddressVerdict('[::ffff:10.0.0.1]', ['10.0.0.0/8'])).toBe('allowed')
  })

  it.each(['example.com', 'localhost.example.com', 'notlocalhost', '127.0.0.1.nip.io', '1.2.3.4.5.example', 'a', ''])(
    'leaves %j, a name, to the connection',
    (name) => {
      expect(literalAddressVerdict(name, ['0.0.0.0/0'])).toBe('name')
    },
  )

  it.each([
    ['127.0.0.1', ['127.0.0.0/8'], 'allowed'],
    ['localhost', ['127.0.0.0/8'], 'allowed'],
    ['127.0.0.1', ['10.0.0.0/8', '127.0.0.1'], 'allowed'],
    ['127.0.0.2', ['127.0.0.1'], 'private'],
    ['[::1]', ['127.0.0.0/8'], 'private'],
    ['[::1]', ['::1/128'], 'allowed'],
    ['[fd00::5]', ['fd00::/8'], 'allowed'],
    ['10.0.0.1', ['not a block', '10.0.0.0/33'], 'private'],
    ['8.8.8.8', ['127.0.0.0/8'], 'public'],
  ])('%s with %j allowed: %s', (host, allowed, verdict) => {
    expect(literalAddressVerdict(host, allowed)).toBe(verdict)
  })
})

describe('parseCidr and inCidr', () => {
  const within = (address: string, cidr: string): boolean => {
    const [parsed, block] = [parseAddress(address), parseCidr(cidr)]
    return parsed !== undefined && block !== undefined && inCidr(parsed, block)
  }

  it.each([
    ['0.0.0.0/0', '255.255.255.255', true],
    ['10.1.2.3/8', '10.255.0.1', true],
    ['192.168.1.0/31', '192.168.1.1', true],
    ['192.168.1.0/31', '192.168.1.2', false],
    ['1.2.3.4', '1.2.3.4', true],
    ['::/0', 'ffff::', true],
    ['::/0', '1.2.3.4', false],
    ['0.0.0.0/0', '::1', false],
    ['2001:db8::/33', '2001:db8:7fff::1', true],
    ['2001:db8::/33', '2001:db8:8000::1', false],
    ['::ffff:0:0/96', '::ffff:1.2.3.4', true],
    [' fe80::1 ', 'fe80:0:0:0:0:0:0:1', true],
  ])('%s holds %s: %s', (cidr, address, expected) => {
    expect(within(address, cidr)).toBe(expected)
  })

  it.each([
    '',
    '/8',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '10.0.0/8',
    '256.0.0.0/8',
    '010.0.0.0/8',
    '::/129',
  ])('refuses %j', (text) => {
    expect(parseCidr(text)).toBeUndefined()
  })

  it.each([
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    'g::',
    '12345::',
    '::1.2.3',
    '::1.2.3.4:5',
    'example.com',
  ])('reads no address in %j', (text) => {
    expect(parseAddress(text)).toBeUndefined()
  })

  it('reads every IPv6 address as the URL parser writes it', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const canonical = new URL(`http://[${text}]/`).hostname
        expect(parseAddress(canonical)?.value).toBe(parseAddress(text)?.value)
        expect(parseAddress(text)).toBeDefined()
      }),
    )
  })
})

describe('portVerdict (Fetch standard, "bad port")', () => {
  it.each([
    ['http://example.com/', 'ok'],
    ['http://example.com:8080/', 'ok'],
    ['http://example.com:443/', 'ok'],
    ['http://example.com:65535/', 'ok'],
    ['http://example.com:22/', 'blocked'],
    ['http://example.com:25/', 'blocked'],
    ['http://example.com:6667/', 'blocked'],
    ['http://example.com:10080/', 'blocked'],
    ['http://example.com:0/', 'blocked'],
  ])('%s: %s', (url, verdict) => {
    expect(portVerdict(url)).toBe(verdict)
  })
})
