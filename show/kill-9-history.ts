/** Shows that history is the same whenever the collector is killed: hours, quarters, days, sessions and health. */
import { killHistory } from '../test/faults/history-kills.ts'

export const title = 'kill -9 at 200 random points of two recorded days: all history equals that of an undisturbed run'

const KILLS = 200
const MINUTES = 2 * 24 * 60
const WITHIN_MS = 400

export const run = async (): Promise<boolean> => {
  const began = performance.now()
  const found = await killHistory(KILLS, MINUTES, Math.random, WITHIN_MS)
  console.log(`recording          two days of a kit, ${found.inputs} inputs, two hours of each day missing`)
  console.log(`kills              ${found.kills} while it worked, over ${found.stores} data directories`)
  console.log(`undisturbed run    ${found.rows} rows of history, ${found.values} values`)
  console.log(`rows lost          ${found.lost.length}  ${found.lost.slice(0, 3).join('; ')}`)
  console.log(`rows invented      ${found.invented.length}  ${found.invented.slice(0, 3).join('; ')}`)
  console.log(`rows with changes  ${found.changed.length}  ${found.changed.slice(0, 3).join('; ')}`)
  console.log(`time               ${((performance.now() - began) / 1000).toFixed(0)} s`)
  return found.kills >= KILLS && found.lost.length + found.invented.length + found.changed.length === 0
}
