type Bound = string | number | null | Uint8Array<ArrayBuffer> | ArrayBuffer

/** The rows of a query, as the caller knows their shape from the schema beside it. */
export function rows<Row extends Record<string, SqlStorageValue>>(
  sql: SqlStorage,
  query: string,
  ...bound: Bound[]
): Row[] {
  return sql.exec<Row>(query, ...bound).toArray()
}

export function row<Row extends Record<string, SqlStorageValue>>(
  sql: SqlStorage,
  query: string,
  ...bound: Bound[]
): Row | undefined {
  return sql.exec<Row>(query, ...bound).toArray()[0]
}

/** Runs the schema steps that this object has not seen yet. */
export function applySteps(storage: DurableObjectStorage, steps: readonly string[]): void {
  storage.sql.exec('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)')
  const version =
    row<{ version: number }>(storage.sql, 'SELECT max(version) AS version FROM schema_version')?.version ?? 0
  for (let next = version; next < steps.length; next++) {
    storage.transactionSync(() => {
      storage.sql.exec(steps[next] ?? '')
      storage.sql.exec('INSERT INTO schema_version (version) VALUES (?)', next + 1)
    })
  }
}
