/** Shows that a collector killed at any moment leaves the store as if nothing had happened. */
import { killAtRandom } from '../test/faults/kills.ts'

export const title = 'kill -9 at 100 random points of a fixed recording: the store equals that of an undisturbed run'

const KILLS = 100

export const run = async (): Promise<boolean> => {
  const found = await killAtRandom(KILLS, { kits: 2, minutes: 60, seed: 3 }, Math.random, [200, 2_500])
  console.log(`kills              ${found.kills}, over ${found.stores} data directories`)
  console.log(`undisturbed run    ${found.rows} rows, ${found.values} values`)
  console.log(`rows lost          ${found.lost.length}  ${found.lost.slice(0, 3).join('; ')}`)
  console.log(`rows invented      ${found.invented.length}  ${found.invented.slice(0, 3).join('; ')}`)
  console.log(`rows with changes  ${found.changed.length}  ${found.changed.slice(0, 3).join('; ')}`)
  return found.kills >= KILLS && found.lost.length + found.invented.length + found.changed.length === 0
}
