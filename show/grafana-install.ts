/**
 * Shows `powerkits grafana install` against a stand-in of Grafana's HTTP API: what each run wrote, and that nothing of
 * what its owner has in other folders is touched.
 */
import { foreignOf, openStandIn, type StandIn, TOKENS } from '../test/grafana-install/grafana-stand-in.ts'
import { install, laterVersion, type Run } from '../test/grafana-install/installed.ts'

export const title =
  'boards, data sources and rules brought into a Grafana: first, again, upgrade, wrong token, no rights'

interface Step {
  readonly is: string
  readonly run: (grafana: StandIn) => Promise<Run>
  readonly isRight: (run: Run, writes: number) => boolean
}

const STEPS: readonly Step[] = [
  {
    is: 'wrong token',
    run: (grafana) => install(grafana, { token: 'glsa_wrong' }),
    isRight: ({ failed }, writes) => failed === 'grafana_token_refused' && writes === 0,
  },
  {
    is: 'a token that may not make folders',
    run: (grafana) => install(grafana, { token: TOKENS.folderless }),
    isRight: ({ failed }, writes) => failed === 'grafana_rights_missing' && writes === 0,
  },
  {
    is: 'first install',
    run: (grafana) => install(grafana),
    isRight: ({ failed, made }, writes) => failed === '' && made === writes && made > 10,
  },
  {
    is: 'again',
    run: (grafana) => install(grafana),
    isRight: ({ failed, made, changed }, writes) => failed === '' && made + changed + writes === 0,
  },
  {
    is: 'again, with a token that may only look',
    run: (grafana) => install(grafana, { token: TOKENS.viewer }),
    isRight: ({ failed }, writes) => failed === '' && writes === 0,
  },
  {
    is: 'upgrade: one board and one rule are new',
    run: (grafana) => install(grafana, { from: laterVersion() }),
    isRight: ({ failed, made, changed }, writes) => failed === '' && made === 0 && changed === 2 && writes === 2,
  },
]

export const run = async (): Promise<boolean> => {
  const grafana = await openStandIn()
  const foreign = foreignOf(grafana)
  let isRight = true
  console.log(`       ${'run'.padEnd(42)}made  changed  unchanged  requests that write`)
  for (const step of STEPS) {
    grafana.writes.length = 0
    const done = await step.run(grafana)
    const isGood = step.isRight(done, grafana.writes.length) && foreignOf(grafana) === foreign
    isRight &&= isGood
    const counts = `${String(done.made).padStart(4)}${String(done.changed).padStart(9)}${String(done.unchanged).padStart(11)}`
    console.log(
      `${isGood ? 'ok   ' : 'WRONG'}  ${step.is.padEnd(42)}${counts}${String(grafana.writes.length).padStart(21)}`,
    )
    if (done.message !== '') console.log(`         ${done.message}`)
  }
  await grafana.close()
  return isRight
}
