import { describe, expect, it } from 'vitest'
import { permittedAddresses } from '../../../../../containers/renderer/egress/permitted-addresses.ts'
import { networkRules } from '../../../../../containers/selfhost/network-rules.ts'

const OWN_PORT = 9_222
const rules = (...allowedNetworks: string[]) => ({ allowedNetworks, isOwnPort: (port: number) => port === OWN_PORT })
const NOT_ALLOWED = { refused: 'address_not_allowed' }

describe('an address that a page asks for', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '169.254.169.254',
    '168.63.129.16',
    '::1',
    '::ffff:127.0.0.1',
    'fd00:ec2::254',
    '64:ff9b::7f00:1',
    '0.0.0.0',
  ])('%s is refused, as by the runtime that fetches', async (address) => {
    expect(await permittedAddresses(address, 80, rules())).toEqual(NOT_ALLOWED)
    expect(networkRules([]).permits(address)).toBe(false)
  })

  it('is given where it is public, or opened by the operator', async () => {
    expect(await permittedAddresses('1.1.1.1', 443, rules())).toEqual({ addresses: ['1.1.1.1'] })
    expect(await permittedAddresses('localhost', 80, rules('127.0.0.0/8'))).toEqual({ addresses: ['127.0.0.1'] })
    expect(await permittedAddresses('localhost', 80, rules())).toEqual(NOT_ALLOWED)
  })

  it("is refused at a browser's own door, even where its network is open", async () => {
    expect(await permittedAddresses('127.0.0.1', OWN_PORT, rules('127.0.0.0/8'))).toEqual(NOT_ALLOWED)
  })

  it('is refused at a port that no browser fetches from (Fetch, port blocking)', async () => {
    expect(await permittedAddresses('1.1.1.1', 25, rules())).toEqual(NOT_ALLOWED)
  })
})
