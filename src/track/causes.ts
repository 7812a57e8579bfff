/** Why values are missing: the causes of the measurement `gap`, with a sentence for each. */
export const GAP_CAUSES = {
  collector_down: 'The collector was not running.',
  mqtt_silent: 'Nothing was pushed, and no answer of the cloud brought anything new.',
  cloud_down: "The vendor's cloud could not be reached.",
  device_offline: 'The kit was not connected to the cloud.',
  spool_full: 'The spool was full: records were dropped.',
  quarantined: 'Messages came, but nothing in them could be used; their bytes are in the recording.',
  clock: 'The clock of the collector was set forward, or its machine slept: no report can lie in this stretch.',
} as const

export type GapCause = keyof typeof GAP_CAUSES
