/** Shows how large the files are. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const title = 'sizes of the source files: median and largest'

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))

const MOST = 250
const MOST_CATALOGUE = 400
const MOST_MEDIAN = 80

export const run = async (): Promise<boolean> => {
  let isGood = true
  for (const folder of ['src', 'test', 'show', 'bench']) {
    const sizes = filesIn(folder)
      .map((path) => ({ path, lines: readFileSync(path, 'utf8').trimEnd().split('\n').length }))
      .sort((a, b) => a.lines - b.lines)
    const median = sizes[Math.floor(sizes.length / 2)]!
    const largest = sizes.at(-1)!
    console.log(
      `${folder.padEnd(6)} ${String(sizes.length).padStart(4)} files  median ${median.lines} lines  largest ${largest.lines} (${largest.path})`,
    )
    if (folder !== 'src') continue
    const tooLong = sizes.filter(
      ({ path, lines }) => lines > (path.startsWith('src/catalogue') ? MOST_CATALOGUE : MOST),
    )
    isGood = tooLong.length === 0 && median.lines <= MOST_MEDIAN
  }
  return isGood
}
