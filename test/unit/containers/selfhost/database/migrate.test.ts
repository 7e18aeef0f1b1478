import { describe, expect, it } from 'vitest'
import { missingMigrations } from '../../../../../containers/selfhost/database/migrate.ts'

const migration = (name: string, sha256 = name) => ({ name, sql: '', sha256 })
const OURS = [migration('0001_a.sql'), migration('0002_b.sql'), migration('0003_c.sql')]

describe('migrations', () => {
  it('are applied from where the database stands', () => {
    expect(missingMigrations(OURS, OURS.slice(0, 1)).map(({ name }) => name)).toEqual(['0002_b.sql', '0003_c.sql'])
    expect(missingMigrations(OURS, OURS)).toEqual([])
  })

  it.each([
    ['one was changed afterwards', [migration('0001_a.sql', 'other')], 'migrations/0001_a.sql was changed'],
    ['the database is newer', [...OURS, migration('0004_d.sql')], '0004_d.sql'],
    [
      'one would come too late',
      [migration('0001_a.sql'), migration('0003_c.sql')],
      'migrations/0002_b.sql would come before 0003_c.sql',
    ],
  ])('are refused when %s', (_, applied, message) => {
    expect(() => missingMigrations(OURS, applied)).toThrow(message)
  })
})
