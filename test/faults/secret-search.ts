/** Looks for secrets in whatever left a process, however they are written: as they are, encoded, inside a .gz. */
import { constants, gunzipSync } from 'node:zlib'

/** Secrets by what they are. */
export type NamedSecrets = Readonly<Record<string, string>>

const SYNC = { finishFlush: constants.Z_SYNC_FLUSH }

/** The part of its base64 that does not depend on what stands before and after: three, by where the secret begins. */
const base64Of = (secret: string): string[] =>
  [0, 1, 2].map((before) => {
    const text = Buffer.from('\0'.repeat(before) + secret).toString('base64')
    // A digit is of six bits: those that hold bits of the neighbours are left out.
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + Buffer.byteLength(secret)) * 8) / 6))
  })

/** Each way to write the secret that a search must know, by name. */
export const spellings = (secret: string): [how: string, text: string][] => [
  ['as it is', secret],
  ['in JSON', JSON.stringify(secret).slice(1, -1)],
  ['in an address', encodeURIComponent(secret)],
  ['in a path', encodeURI(secret)],
  ['in a form', new URLSearchParams([['', secret]]).toString().slice(1)],
  ['in HTML', secret.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')],
  ['in hex', Buffer.from(secret).toString('hex')],
  ...base64Of(secret).flatMap((text): [string, string][] => [
    ['in base64', text],
    ['in base64url', text.replace(/\+/g, '-').replace(/\//g, '_')],
  ]),
]

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/** The text that was packed, as far as it can be read: a collector may have been writing it. */
const unpacked = (bytes: Buffer): Buffer => {
  try {
    return isGzip(bytes) ? gunzipSync(bytes, SYNC) : bytes
  } catch {
    return bytes
  }
}

/** `place: name (how)` of each secret found, once per place. */
export const findSecrets = (texts: ReadonlyMap<string, Buffer>, secrets: NamedSecrets): string[] => {
  const wanted = Object.entries(secrets).map(([name, secret]) => ({ name, ways: spellings(secret) }))
  return [...texts].flatMap(([place, bytes]) => {
    const text = unpacked(bytes).toString('latin1')
    return wanted.flatMap(({ name, ways }) => {
      const found = ways.find(([, spelling]) => text.includes(spelling))
      return found ? [`${place}: ${name} (${found[0]})`] : []
    })
  })
}
