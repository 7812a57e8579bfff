/** Shows how the API answers requests that mean harm, before a real collector with simulated kits, and that none is sent on. */
import { isRefused, type Refused, rowOf, startAttack } from '../test/http/hostile-stage.ts'

export const title = 'hostile requests to the API: each refused with its status, nothing sent'

const tell = (heading: string, rows: readonly Refused[]): boolean => {
  console.log(`\n${heading}\n`)
  for (const row of rows) console.log(rowOf(row))
  return rows.every(isRefused)
}

export const run = async (): Promise<boolean> => {
  const attack = await startAttack()
  try {
    const single = await attack.single()
    const areRefused = tell('group   request, answer, and commands that have reached the cloud by then', single)
    const replayed = await attack.replayed()
    const isOnce = tell('one good command, and what may be made of having heard it', replayed)
    const flooded = await attack.flooded()
    const areHeld = tell('floods', flooded)
    const sent = flooded.at(-1)!.sent
    console.log(
      `\n${single.length} requests refused one by one; of all the commands asked for here ${sent} was sent, the good one.`,
    )
    return areRefused && isOnce && areHeld && sent === 1
  } finally {
    await attack.end()
  }
}
