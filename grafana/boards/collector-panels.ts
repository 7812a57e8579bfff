/** How the collector itself is doing: its sessions, its store, its disk. Part of the board of data health. */
import { tiles, words } from '../at-once.ts'
import { BAD, GOOD, WATCH } from '../colours.ts'
import { byValue, YES_NO } from '../mappings.ts'
import { lines } from '../over-time.ts'
import { query } from '../query.ts'

const ofCollector = { bucket: 'raw', from: 'collector' } as const

/** Rows of modules and of the collector have no hours. */
export const SHORT_ONLY = 'more than two days are shown: rows of modules and of the collector are told for two at most'

export const collectorNow = tiles({
  title: 'Collector',
  about:
    'Whether the sessions with the broker stand and the store takes values, the time its last answer took, what of the spool waits for it and how much of its room is used, and how long ago any kit was heard, from `collector` of the last three minutes.',
  w: 12,
  h: 5,
  queries: [
    query({
      ...ofCollector,
      during: 'now',
      show: {
        Connected: 'last(is_connected)',
        'Store takes': 'last(is_store_taking)',
        'Store answered in': 'last(store_latency_ms)',
        Waiting: 'last(spool_records_count)',
        'Waiting since': 'last(spool_age_s)',
        'Room used': 'last(spool_used_ratio)',
        'Heard a kit': 'last(heard_age_s)',
      },
    }),
  ],
  overrides: {
    Connected: words(YES_NO),
    'Store takes': words(YES_NO),
    'Store answered in': [{ id: 'unit', value: 'ms' }],
    'Waiting since': byValue({ value: null, color: GOOD }, { value: 300, color: WATCH }, { value: 3600, color: BAD }),
  },
})

const asked = { ...ofCollector, only: 'short', each: 'step' } as const

export const collectorPanels = [
  lines({
    title: 'Waiting for the store',
    about: 'Records in the spool that the store has not taken yet, the most of each step, from `collector`.',
    empty: SHORT_ONLY,
    queries: [query({ ...asked, show: { Records: 'max(spool_records_count)' } })],
  }),
  lines({
    title: 'Answers of the store',
    about: 'How long the store took for an answer, the longest of each step in milliseconds, from `collector`.',
    empty: SHORT_ONLY,
    unit: 'ms',
    queries: [query({ ...asked, show: { Latency: 'max(store_latency_ms)' } })],
  }),
  lines({
    title: 'On disk',
    about: 'Size of the spool and of the recording, from `collector`.',
    empty: SHORT_ONLY,
    queries: [query({ ...asked, show: { Spool: 'max(spool_bytes)', Recording: 'max(recording_bytes)' } })],
  }),
  lines({
    title: 'Messages since the start',
    about: 'Received, and of these refused whole, and values kept aside, from `collector`.',
    empty: SHORT_ONLY,
    queries: [
      query({
        ...asked,
        show: {
          Received: 'max(messages_count)',
          Refused: 'max(rejected_count)',
          'Kept aside': 'max(quarantined_count)',
        },
      }),
    ],
  }),
  lines({
    title: 'What the cloud still allows today',
    about: 'Connects and client ids left to the account that is worst off, the least of each step, from `collector`.',
    empty: 'more than two days are shown, or no account of the cloud is collected',
    queries: [
      query({ ...asked, show: { Connects: 'min(connects_left_count)', 'Client ids': 'min(client_ids_left_count)' } }),
    ],
  }),
  lines({
    title: 'Clock of the cloud less ours',
    about: 'In milliseconds, mean of each step, from `collector`; stamps are corrected by it.',
    empty: 'more than two days are shown, or no account of the cloud is collected',
    unit: 'ms',
    queries: [query({ ...asked, show: { Offset: 'mean(clock_offset_ms)' } })],
  }),
]
