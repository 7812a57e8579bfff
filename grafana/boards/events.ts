/** What happened to a kit and what was done with it: errors, events, firmware, commands. For acting it links to the collector. */
import { annotations } from '../annotations.ts'
import { table, tiles, words } from '../at-once.ts'
import type { Board } from '../board.ts'
import { COMMAND_WORDS, FAULT, NONE_IS_GOOD, VERDICT_WORDS, YES_NO } from '../mappings.ts'
import { note } from '../note.ts'
import { lines, states } from '../over-time.ts'
import { overTime, query } from '../query.ts'
import { addressVariable, kitVariable } from '../variables.ts'
import { KIT_NOW, STALE_WORDS } from './now.ts'

const tags = { kit_sn: '$kit' } as const
const ofErrors = { bucket: 'history', from: 'error', tags, by: ['module_sn', 'circuit', 'code', 'meaning'] } as const

const MOMENT = [{ id: 'unit', value: 'dateTimeAsIso' }] as const

const now = [
  tiles({
    title: 'State',
    about: `How the kit is doing in one word, and its active errors, from \`kit\`. ${STALE_WORDS}`,
    w: 12,
    h: 5,
    queries: [
      query({
        ...KIT_NOW,
        show: { Doing: 'last(verdict_code)', Errors: 'last(error_count)', Age: 'last(age_s)' },
      }),
    ],
    overrides: { Doing: words(VERDICT_WORDS), Errors: NONE_IS_GOOD },
  }),
  note({
    title: 'Acting',
    about:
      'Where set commands are given. A board only shows: no token that may command ever stands in one. Its address is the variable `collector` above.',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's syntax
    text: 'Commands are given on [the page of the collector](${collector}/#/kit/${kit}/control), with a token of yours. What became of them stands below.',
    w: 12,
    h: 5,
  }),
  table({
    title: 'Active errors',
    about: 'Errors that a module has told in the last three minutes, in words, from `error`.',
    empty: 'no error is active',
    w: 24,
    h: 6,
    queries: [
      query({
        ...ofErrors,
        show: { Active: 'last(is_active)', Since: 'last(since_ms)' },
        where: [['is_active', '=', 1]],
        during: 'now',
      }),
    ],
    overrides: { Active: words(FAULT), Since: MOMENT },
  }),
]

const happened = [
  table({
    title: 'Errors in the time shown',
    about:
      'Every error that was active, with the moment at which it began last, for how many minutes it was told, and whether its last word was that it is active, from `error`.',
    empty: 'there was no error',
    w: 24,
    h: 8,
    queries: [
      query({
        ...ofErrors,
        show: { Minutes: 'sum(is_active)', Active: 'last(is_active)', Since: 'last(since_ms)' },
      }),
    ],
    sortBy: { column: 'Since', isDescending: true },
    overrides: { Active: words(FAULT), Since: MOMENT },
  }),
  table({
    title: 'Events',
    about:
      'Modules that came and went, firmware, verdicts, names and settings of the owner, the latest first, from `event`.',
    empty: 'nothing happened in the time shown',
    w: 24,
    h: 10,
    hasTime: true,
    queries: [
      query({
        bucket: 'history',
        from: 'event',
        show: { Kind: 'kind', 'In words': 'text', Details: 'details' },
        tags,
        by: ['module_sn'],
        latestFirst: true,
      }),
    ],
    sortBy: { column: 'Time', isDescending: true },
  }),
  table({
    title: 'Firmware',
    about: 'What each module was last listed with, from `module` of the last three minutes.',
    empty: 'the collector is down, or no module is listed',
    w: 12,
    h: 9,
    queries: [
      query({
        ...KIT_NOW,
        from: 'module',
        show: { Kind: 'last(kind)', Firmware: 'last(firmware)', Loader: 'last(loader)' },
        by: ['module_sn'],
      }),
    ],
  }),
  table({
    title: 'Changes of firmware',
    about: 'When a module was listed with another firmware than before, the latest first, from `event`.',
    empty: 'no firmware changed in the time shown',
    w: 12,
    h: 9,
    hasTime: true,
    queries: [
      query({
        bucket: 'history',
        from: 'event',
        show: { Change: 'details' },
        tags,
        where: [['kind', '=', 'firmware_changed']],
        by: ['module_sn'],
        latestFirst: true,
      }),
    ],
    sortBy: { column: 'Time', isDescending: true },
  }),
]

const commands = table({
  title: 'Commands',
  about:
    'Set commands that were asked in the time shown, by whom, and what became of them as the kit itself reports, the latest first, from `command`.',
  empty: 'no command was given in the time shown',
  w: 24,
  h: 10,
  hasTime: true,
  queries: [
    query({
      bucket: 'history',
      from: 'command',
      show: {
        Command: 'kind',
        Parameters: 'details',
        By: 'by',
        State: 'state_code',
        Outcome: 'text',
        Acknowledged: 'is_acknowledged',
        Took: 'duration_s',
        Way: 'transport',
      },
      tags,
      latestFirst: true,
    }),
  ],
  overrides: { State: words(COMMAND_WORDS), Acknowledged: words(YES_NO) },
})

const overTheTime = [
  states({
    title: 'Verdict',
    about: 'The worst of each step, from `kit`, beyond two days from its hours.',
    w: 24,
    h: 4,
    mappings: [VERDICT_WORDS],
    queries: overTime({ from: 'kit', show: { Doing: 'max(verdict_code)' }, tags }),
  }),
  lines({
    title: 'Active errors',
    about: 'The most of each step, from `kit`, beyond two days from its hours.',
    w: 24,
    h: 6,
    min: 0,
    queries: overTime({ from: 'kit', show: { Errors: 'max(error_count)' }, tags }),
  }),
]

export const events: Board = {
  name: 'events',
  title: 'Power Kits: events and control',
  about: 'Errors in words, events, firmware, and commands with what became of them.',
  from: 'now-7d',
  variables: [kitVariable(), addressVariable()],
  annotations: annotations(),
  sections: [
    { title: 'Now', panels: now },
    { title: 'What happened', panels: happened },
    { title: 'Commands', panels: [commands] },
    { title: 'Over time', panels: overTheTime },
  ],
}
