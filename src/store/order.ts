/** The order in which every store answers: by time, then by tags, texts compared as their UTF-8 bytes. */

type Tags = Readonly<Record<string, string>>

const compareTexts = (a: string, b: string): number => (a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b)))

/** Tag by tag in the order of their keys; a tag that is absent comes first. */
export const compareTags = (a: Tags, b: Tags): number => {
  for (const key of Object.keys({ ...a, ...b }).sort(compareTexts)) {
    const order = compareTexts(a[key] ?? '', b[key] ?? '')
    if (order !== 0) return order
  }
  return 0
}

interface Placed {
  readonly at: number
  readonly tags: Tags
  readonly field?: string
}

/** For rows, and for last values, whose field decides where time and tags are equal. */
export const compareRows = (a: Placed, b: Placed): number =>
  a.at - b.at || compareTags(a.tags, b.tags) || compareTexts(a.field ?? '', b.field ?? '')
