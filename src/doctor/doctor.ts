/**
 * The doctor: looks at all that a collector needs, in the order in which one thing needs another, and says of each how
 * it is and what to do. It changes nothing but what a start of the collector would: the data directory, one connect of
 * the account's budget, buckets that are missing, and a row of its own in the store.
 */
import { budgetName, DEFAULT_LIMITS, openBudget } from '../cloud/budget.ts'
import { clientIdOf } from '../cloud/client-id.ts'
import { type ClockOffset, createClockOffset } from '../cloud/clock-offset.ts'
import { topicsOfKits } from '../cloud/source.ts'
import type { Account, Broker, Kits } from '../fleet.ts'
import { checkAccount } from './check-account.ts'
import { clockFinding } from './check-clock.ts'
import { checkDataDir, checkDisk, checkExposed } from './check-disk.ts'
import { checkSession } from './check-session.ts'
import { checkStore } from './check-store.ts'
import { type Finding, fail, pass, skip, warn } from './finding.ts'
import type { DoctorParts, SourceParts } from './parts.ts'

/** One account alone. Its kits, where the cloud takes the keys and lists them, whatever else was found. */
export const examineAccount = async (
  account: Account,
  offset: ClockOffset,
  parts: SourceParts,
): Promise<Kits | undefined> => {
  const { settings, localNow, running, files } = parts
  const answering = await checkAccount(account, offset, parts)
  if (answering === undefined) return undefined
  const { certification, kits } = answering
  const { account: username, password, url } = certification
  const limits = { ...DEFAULT_LIMITS, connects: settings.MQTT_CONNECTS_PER_DAY }
  // A budget belongs to the collector that spends it.
  const budget =
    running === undefined
      ? await openBudget(settings.DATA_DIR, budgetName(account.accessKey), limits, localNow, files)
      : undefined
  await checkSession(
    {
      name: account.name,
      kind: 'cloud',
      link: { url, username, password, clientId: budget?.clientId ?? '', protocolVersion: 4 },
      topics: topicsOfKits(username, Object.keys(kits)),
      budget,
    },
    parts,
  )
  return kits
}

const topicsOf = ({ topics, account, kits }: Broker): readonly string[] => {
  if (topics.length > 0) return topics
  const sns = Object.keys(kits)
  return topicsOfKits(account ?? '+', sns.length > 0 ? sns : ['+'])
}

const examineBroker = async (broker: Broker, parts: DoctorParts): Promise<void> => {
  const { hostname } = new URL(broker.url)
  const what = `${broker.name}, DNS`
  try {
    await parts.lookup(hostname)
    parts.report(pass(what, `${hostname} known`))
  } catch {
    parts.report(
      fail(what, `${hostname} not known`, 'Check the address of the broker and the DNS server of this machine.'),
    )
    for (const after of ['broker', 'subscriptions'])
      parts.report(skip(`${broker.name}, ${after}`, 'the name of the broker is not known'))
    return
  }
  const { url, username, password, version } = broker
  const link = {
    url,
    username,
    password,
    clientId: await clientIdOf(parts.settings.DATA_DIR),
    protocolVersion: version,
  }
  await checkSession({ name: broker.name, kind: 'broker', link, topics: topicsOf(broker), budget: undefined }, parts)
}

const examineSources = async (parts: DoctorParts): Promise<void> => {
  const { fleet, report, settings } = parts
  const { accounts, brokers } = fleet
  const offset = createClockOffset()
  for (const account of accounts) await examineAccount(account, offset, parts)
  report(clockFinding(offset, accounts.length > 0))
  for (const broker of brokers) await examineBroker(broker, parts)
  if (accounts.length + brokers.length > 0) return
  const { index, count } = settings.SHARD
  const todo = 'Set ECOFLOW_ACCESS_KEY and ECOFLOW_SECRET_KEY, or MQTT_URL, or name accounts in powerkits.yaml.'
  if (count > 1) report(warn('accounts', `none of the fleet is for collector ${index} of ${count}`, ''))
  else report(warn('accounts', 'no account and no broker: only the demonstration would run', todo))
}

const runningFinding = ({ running }: DoctorParts): Finding => {
  const what = 'collector'
  if (running === undefined) return pass(what, 'none runs in this data directory, so that all can be looked at')
  if (running.view !== undefined)
    return pass(what, `version ${running.view.version} runs in this data directory and is asked`)
  return warn(
    what,
    `one runs in this data directory, but ${running.problem}`,
    'Run the doctor with the settings of that collector.',
  )
}

/** Looks at everything, and reports each finding as it is found. */
export const examine = async (parts: DoctorParts): Promise<void> => {
  const { report } = parts
  checkExposed(parts)
  if (!(await checkDataDir(parts))) {
    for (const what of ['disk', 'accounts', 'store']) report(skip(what, 'the data directory cannot be used'))
    return
  }
  await checkDisk(parts)
  report(runningFinding(parts))
  await examineSources(parts)
  await checkStore(parts)
}
