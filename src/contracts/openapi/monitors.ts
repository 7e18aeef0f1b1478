import { z } from 'zod'
import type { ZodOpenApiPathsObject } from 'zod-openapi'
import { ListQuery, listOf } from '../api/common.ts'
import { Check, CreateMonitor, Monitor, MonitorsQuery, PatchMonitor } from '../api/monitor.ts'
import {
  ChangesQuery,
  CompareQuery,
  DiffQuery,
  FeedQuery,
  ImportMonitors,
  ImportedMonitors,
  MonitorChange,
  MonitorChangesQuery,
  MonitorDiff,
  Preview,
  PreviewMonitor,
  Snapshot,
} from '../api/monitor-change.ts'
import {
  MonitorSettings,
  MonitorSettingsList,
  MonitorSettingsQuery,
  PutMonitorSettings,
} from '../api/monitor-settings.ts'
import { answer, json, problems } from './answers.ts'

const MonitorId = z.object({ id: z.uuid() })
const IdempotencyKey = z.object({ 'Idempotency-Key': z.string().max(255).optional() })

const text = { schema: z.string() }

const diff = {
  200: {
    description: 'The difference',
    content: { ...json(MonitorDiff), 'text/x-diff': text, 'text/html': text },
  },
  ...problems(400, 403, 404),
}

export const monitorPaths = {
  '/v1/monitors': {
    post: {
      summary: 'Watch a page or a site; the first check is a baseline and follows at once',
      requestParams: { header: IdempotencyKey },
      requestBody: { content: json(CreateMonitor) },
      responses: answer(201, 'The monitor', Monitor, [400, 403, 409, 413, 415, 422]),
    },
    get: {
      summary: 'Monitors, newest first',
      requestParams: { query: MonitorsQuery },
      responses: answer(200, 'A page of monitors', listOf(Monitor), [400, 403]),
    },
  },
  '/v1/monitors/preview': {
    post: {
      summary: 'What an unsaved monitor would select, ignore and say: of the live page, and of stored snapshots',
      requestBody: { content: json(PreviewMonitor) },
      responses: answer(200, 'What it would say', Preview, [400, 403, 404, 413, 415, 422]),
    },
  },
  '/v1/monitors/import': {
    post: {
      summary: 'Many monitors at once: a list of URLs, or an export of changedetection.io or urlwatch',
      requestParams: { header: IdempotencyKey },
      requestBody: { content: json(ImportMonitors) },
      responses: answer(201, 'What became of each', ImportedMonitors, [400, 403, 409, 413, 415]),
    },
  },
  '/v1/monitors/{id}': {
    get: {
      summary: 'One monitor',
      requestParams: { path: MonitorId },
      responses: answer(200, 'The monitor', Monitor, [403, 404]),
    },
    patch: {
      summary: 'Change what is named; what GET has given can be sent back. Edits alert nobody',
      requestParams: { path: MonitorId },
      requestBody: { content: json(PatchMonitor) },
      responses: answer(200, 'The monitor', Monitor, [400, 403, 404, 413, 415, 422]),
    },
    delete: {
      summary: 'Delete a monitor with its checks, changes and snapshots',
      requestParams: { path: MonitorId },
      responses: { 204: { description: 'Gone' }, ...problems(403, 404) },
    },
  },
  '/v1/monitors/{id}/check': {
    post: {
      summary: 'Check now',
      requestParams: { path: MonitorId },
      responses: answer(202, 'The check that is under way; it is listed once it is done', Check, [403, 404]),
    },
  },
  '/v1/monitors/{id}/checks': {
    get: {
      summary: 'Its checks with their verdicts, newest first; kept for 90 days',
      requestParams: { path: MonitorId, query: ListQuery },
      responses: answer(200, 'A page of checks', listOf(Check), [400, 403, 404]),
    },
  },
  '/v1/monitors/{id}/changes': {
    get: {
      summary: 'What has changed, newest first',
      requestParams: { path: MonitorId, query: MonitorChangesQuery },
      responses: answer(200, 'A page of changes', listOf(MonitorChange), [400, 403, 404]),
    },
  },
  '/v1/monitors/{id}/snapshots': {
    get: {
      summary: 'The versions of the page that are kept, newest first',
      requestParams: { path: MonitorId, query: ListQuery },
      responses: answer(200, 'A page of snapshots', listOf(Snapshot), [400, 403, 404]),
    },
  },
  '/v1/monitors/{id}/diff': {
    get: {
      summary: 'The difference between any two snapshots, read by the rules as they are now',
      requestParams: { path: MonitorId, query: CompareQuery },
      responses: diff,
    },
  },
  '/v1/monitors/{id}/feed.atom': {
    get: {
      summary: 'Its changes as an Atom feed; `feedUrl` has the token that opens it without a key',
      requestParams: { path: MonitorId, query: FeedQuery },
      responses: {
        200: { description: 'RFC 4287', content: { 'application/atom+xml': text } },
        ...problems(400, 403, 404),
      },
    },
  },
  '/v1/monitor-settings': {
    get: {
      summary: 'What holds for all monitors of the workspace, or for those with a tag',
      responses: answer(200, 'All of them', MonitorSettingsList, [403]),
    },
    put: {
      summary: 'Put settings of a tag or of the workspace in the place of those that there were',
      requestBody: { content: json(PutMonitorSettings) },
      responses: answer(200, 'The settings', MonitorSettings, [400, 403, 413, 415]),
    },
    delete: {
      summary: 'Take settings away: of a tag, or without it of the workspace',
      requestParams: { query: MonitorSettingsQuery },
      responses: { 204: { description: 'Gone' }, ...problems(400, 403, 404) },
    },
  },
  '/v1/changes': {
    get: {
      summary: 'What has changed anywhere in the workspace, newest first',
      requestParams: { query: ChangesQuery },
      responses: answer(200, 'A page of changes', listOf(MonitorChange), [400, 403]),
    },
  },
  '/v1/changes/{id}/acknowledgement': {
    put: {
      summary: 'Say that a change was seen; again, it stays as it was',
      requestParams: { path: MonitorId },
      responses: answer(200, 'The change', MonitorChange, [403, 404]),
    },
    delete: {
      summary: 'Take that back',
      requestParams: { path: MonitorId },
      responses: answer(200, 'The change', MonitorChange, [403, 404]),
    },
  },
  '/v1/changes/{id}': {
    get: {
      summary: 'One change: blocks and words added, removed, moved',
      requestParams: { path: MonitorId, query: DiffQuery },
      responses: diff,
    },
  },
} satisfies ZodOpenApiPathsObject
