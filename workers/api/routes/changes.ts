import { Hono } from 'hono'
import { DiffQuery } from '../../../src/contracts/api/monitor-change.ts'
import { showChange } from '../../../src/flows/monitor/show-history.ts'
import { needs } from '../auth.ts'
import type { ApiTypes } from '../context.ts'
import { diffAnswer } from '../diff-answer.ts'
import { id, query } from '../input.ts'

export const changes = new Hono<ApiTypes>()

changes.get('/:id', needs('monitors:read'), async (c) => {
  const { format } = query(c, DiffQuery)
  const change = await showChange(c.get('platform'), c.get('caller').workspaceId, id(c, 'change'))
  return diffAnswer(change, format)
})
