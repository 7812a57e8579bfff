/**
 * The doctor of a running collector: looks at what the command `doctor` looks at, with this collector in its place. One
 * examination at a time: whoever asks meanwhile, or shortly after, is told the same.
 */
import type { collectorView } from '../http/collector-view.ts'
import { nodeFiles } from '../store/files.ts'
import { bundleOf } from './bundle.ts'
import type { Doctor, Examination, Finding } from './finding.ts'
import { examineMachine, type Patient, versionsOf } from './machine.ts'
import type { Running } from './running.ts'

const KEPT_MS = 30_000

export interface StandingPatient extends Patient {
  readonly version: string
  /** Epoch ms. */
  readonly now: () => number
  /** What the collector says of itself. */
  readonly view: () => ReturnType<typeof collectorView>
  /** Files with secrets that others on this machine can read. */
  readonly exposed: () => readonly string[]
}

export const createDoctor = (patient: StandingPatient): Doctor => {
  const { now, secrets, version } = patient
  const running = (): Running => ({ view: patient.view(), problem: '' })
  let underWay: Promise<Examination> | undefined
  let last: Examination | undefined

  const begin = async (): Promise<Examination> => {
    const findings: Finding[] = []
    const report = (finding: Finding): void => void findings.push(finding)
    await examineMachine(patient, { running: running(), exposed: patient.exposed(), report })
    last = { at: now(), findings }
    return last
  }
  const examine = async (): Promise<Examination> => {
    if (last && now() - last.at < KEPT_MS) return last
    underWay ??= begin().finally(() => {
      underWay = undefined
    })
    return underWay
  }
  const bundle = async (): Promise<Buffer> => {
    const { at, findings } = await examine()
    const bundled = { ...patient, findings, running: running(), versions: versionsOf(version) }
    return bundleOf(bundled, secrets, nodeFiles, at)
  }
  return { examine, bundle }
}
