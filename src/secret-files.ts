/** Which of the files that settings and secrets are read from lie open to others on this machine. */
import type { ReadText } from './config.ts'

const OTHERS_READ = 0o044
/** Those of a container's secrets belong to the container alone, whatever their mode says. */
const OF_CONTAINER = /^\/(?:var\/)?run\/secrets\//

/** Files of settings may hold nothing secret; any other file is read for the secret that it is. */
const OF_SETTINGS = /(?:\.ya?ml|\.env)$/
const SECRET = /^[^#\n]*(?:access_?key|secret_?key|password|token)\s*[:=]\s*\S/im

export interface SecretFiles {
  readonly readText: ReadText
  /** All that were read so far, in order. */
  readonly paths: () => readonly string[]
  /** Those read so far that hold a secret and that others can read. */
  readonly exposed: () => readonly string[]
}

/** `modeOf` gives a file's mode bits; undefined where the system has none. */
export const watchSecretFiles = (readText: ReadText, modeOf: (path: string) => number | undefined): SecretFiles => {
  const exposed = new Set<string>()
  const paths = new Set<string>()
  return {
    readText: (path) => {
      const text = readText(path)
      paths.add(path)
      const isOpen = ((modeOf(path) ?? 0) & OTHERS_READ) !== 0 && !OF_CONTAINER.test(path)
      if (isOpen && (!OF_SETTINGS.test(path) || SECRET.test(text))) exposed.add(path)
      return text
    },
    paths: () => [...paths],
    exposed: () => [...exposed],
  }
}
