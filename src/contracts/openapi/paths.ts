import { crawlPaths } from './crawls.ts'
import { deliveryPaths } from './delivery.ts'
import { identityPaths } from './identity.ts'
import { monitorPaths } from './monitors.ts'
import { peoplePaths } from './people.ts'
import { platformPaths } from './platform.ts'

/** Every operation of the API: what its OpenAPI document says, and what the client is typed by. */
export const paths = {
  ...platformPaths,
  ...crawlPaths,
  ...identityPaths,
  ...peoplePaths,
  ...monitorPaths,
  ...deliveryPaths,
}
