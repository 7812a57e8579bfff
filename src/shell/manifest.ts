/**
 * What a backup says of itself, in two small files inside the archive: `powerkits-backup.json`, the first, by which an
 * archive that cannot be read here is known at once; and `manifest.json`, the last, which lists every file with its
 * check sum, so that an archive cut short is never taken for a whole one. And which files an installation consists of.
 */
import { z } from 'zod'
import { CollectorError } from '../errors.ts'

/** Raised whenever an older program could not restore what a newer one wrote. */
export const FORMAT = 1
export const HEAD_NAME = 'powerkits-backup.json'
export const MANIFEST_NAME = 'manifest.json'
/** What stands before the names of the data directory's files, of settings', and of a server's rows. */
export const DATA = 'data/'
export const SETTINGS = 'settings/'
export const SERVER = 'server/'

const Head = z.object({
  is: z.literal('a backup of powerkits'),
  format: z.int(),
  /** Of the program that wrote it. */
  version: z.string(),
})

const Bucket = z.enum(['raw', 'history'])
const count = z.int().nonnegative()

const Manifest = z.object({
  createdAt: z.iso.datetime(),
  /** Such as linux-x64. */
  platform: z.string(),
  /** DATA_DIR as the settings had it. */
  dataDir: z.string(),
  store: z.object({
    /** For a person. */
    place: z.string(),
    isServer: z.boolean(),
    /** Whether a server's rows are in the archive. */
    isIncluded: z.boolean(),
    /** Of the embedded store. */
    engine: z.string().optional(),
    tables: z.array(
      z.object({ bucket: Bucket, measurement: z.string(), rows: count, fromAt: z.number(), toAt: z.number() }),
    ),
  }),
  settings: z.object({
    /** Settings that were not left at their defaults; never their values. */
    names: z.array(z.string()),
    /** Files that hold settings and secrets; `name` is theirs in the archive, without it they were left out. */
    files: z.array(z.object({ path: z.string(), name: z.string().optional() })),
  }),
  files: z.array(z.object({ name: z.string(), bytes: count, sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
})

export type Head = z.output<typeof Head>
export type Manifest = z.output<typeof Manifest>
export type ArchivedFile = Manifest['files'][number]

const PLAIN = '\\w[\\w.-]*'
const OF_DATA = new RegExp(
  `^(?:spool/(?:(?:spool|cursor)\\.json|\\d{16}\\.spool|(?:recordings|snapshots|damaged)/${PLAIN})|store/(?:history|raw-\\d{4}-\\d\\d)\\.duckdb(?:\\.wal)?` +
    `|accounts/[\\w%!~*'()-][\\w%!~*'().-]*\\.json|mqtt-client-id|alerts\\.json|rejected-lines\\.ndjson(?:\\.1)?)$`,
)

/** Whether an installation's data directory has a file of this name that matters elsewhere; written with slashes. */
export const isOfData = (name: string): boolean => OF_DATA.test(name) && !name.endsWith('.tmp')

/** Whether a backup has files of this name: no other place on a disk can be written by one. */
export const isOfArchive = (name: string): boolean => {
  if (name.startsWith(DATA)) return isOfData(name.slice(DATA.length))
  return new RegExp(`^(?:${SETTINGS}\\d+|${SERVER}(?:raw|history)-\\d+\\.lp\\.gz)$`).test(name)
}

const numbers = (version: string): number[] => version.split(/[.-]/).slice(0, 3).map(Number)

/** Whether version `a` is newer than `b`; both as 1.2.3. */
const isNewer = (a: string, b: string): boolean => {
  const [ours, theirs] = [numbers(b), numbers(a)]
  const at = theirs.findIndex((number, index) => number !== ours[index])
  return at >= 0 && (theirs[at] ?? 0) > (ours[at] ?? 0)
}

const parsed = <T>(schema: z.ZodType<T>, text: string): T | undefined => {
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** Throws CollectorError `archive_strange` or `archive_newer`. `version` is that of this program. */
export const readHead = (text: string, path: string, version: string): Head => {
  const head = parsed(Head, text)
  if (head === undefined) throw new CollectorError('archive_strange', `${path} is no backup of powerkits.`)
  if (head.format > FORMAT || isNewer(head.version, version))
    throw new CollectorError(
      'archive_newer',
      `${path} was written by powerkits ${head.version}; here is ${version}, which is older.`,
    )
  return head
}

/** Throws CollectorError `archive_damaged`. */
export const readManifest = (text: string, path: string): Manifest => {
  const manifest = parsed(Manifest, text)
  if (manifest === undefined) throw new CollectorError('archive_damaged', `The list of files in ${path} is not sound.`)
  return manifest
}
