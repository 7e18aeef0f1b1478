export interface DemoSite {
  url: string
  close(): Promise<void>
}
export function createDemoSite(): Promise<DemoSite> {
  throw new Error('later')
}
