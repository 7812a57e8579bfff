/** Shows what the energies of a simulated kit are off the exact integrals of its model, with outages, restarts, losses. */
import { startChild } from '../bench/fixture/child.ts'
import { type Finding, isGood } from '../test/history/energy-verdict.ts'
import { complaintsOf, SCENARIOS, type ScenarioName, type Verdict } from '../test/history/truth-scenarios.ts'

export const title = 'energy against the exact integrals of 30 simulated days: cadences, losses, outages, restarts'

/** The largest first, dealt out to two processes as they get free. */
const ORDER: readonly ScenarioName[] = ['lossy', 'even', 'mixed', 'fast', 'slow']

const mark = (isRight: boolean): string => (isRight ? 'ok   ' : 'SHORT')

const energyLine = (finding: Finding): string => {
  const { what, truth, found, allowed } = finding
  const off = truth === 0 ? '' : `${((100 * (found - truth)) / truth).toFixed(3)} %`
  const most = truth === 0 ? '' : `(${((100 * allowed) / truth).toFixed(1)} %)`
  const numbers = [truth, found].map((wh) => `${(wh / 1000).toFixed(3)} kWh`.padStart(14)).join('')
  return `${mark(isGood(finding))} ${what.padEnd(20)}${numbers}${off.padStart(11)} ${most}`
}

const otherLine = (finding: Finding): string => {
  const numbers = [finding.truth, finding.found].map((value) => value.toFixed(3).padStart(14)).join('')
  return `${mark(isGood(finding))} ${finding.what.padEnd(32)}${numbers}   at most ${finding.allowed.toFixed(2)} off`
}

const minutesOf = (fromAt: number, toAt: number): string => `${((toAt - fromAt) / 60_000).toFixed(1)} min`

const tell = (verdict: Verdict, seconds: number): boolean => {
  const { name, days, pushes, energies, others, bounds } = verdict
  console.log(`\n${name}: ${days} days, ${pushes} pushes, in ${seconds.toFixed(0)} s\n`)
  console.log(`      ${'energy'.padEnd(20)}${'true'.padStart(14)}${'found'.padStart(14)}${'off'.padStart(11)}`)
  for (const finding of energies) if (finding.truth > 0 || !isGood(finding)) console.log(energyLine(finding))
  console.log(`\n      ${'the rest'.padEnd(32)}${'true'.padStart(14)}${'found'.padStart(14)}`)
  for (const finding of others) console.log(otherLine(finding))
  console.log('\n      into the packs while nothing was heard: true, at least, at most; width of capacity')
  for (const { hole, truthWh, minWh, maxWh, widthRatio, isGood: isRight } of bounds) {
    const what = `${hole.kind}, ${minutesOf(hole.fromAt, hole.toAt)}`
    const numbers = [truthWh, minWh, maxWh].map((wh) => `${wh.toFixed(1)} Wh`.padStart(13)).join('')
    console.log(`${mark(isRight)} ${what.padEnd(28)}${numbers}  ${(100 * widthRatio).toFixed(1)} %`)
  }
  return complaintsOf(verdict).length === 0
}

export const run = async (): Promise<boolean> => {
  const waiting = [...ORDER]
  const verdicts: boolean[] = []
  const work = async (): Promise<void> => {
    const child = startChild('truth')
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const startedAt = performance.now()
      const verdict = await child.ask<Verdict>('judge', name)
      verdicts.push(tell(verdict, (performance.now() - startedAt) / 1000))
    }
    await child.end()
  }
  await Promise.all([work(), work()])
  return verdicts.length === Object.keys(SCENARIOS).length && verdicts.every(Boolean)
}
