/**
 * A broker: whether it takes us in and grants each topic. With a collector running it is asked, since a second session
 * could end its first. Otherwise one CONNECT with the id that is kept for it, counted in the account's budget, and only
 * if the budget allows. Nothing is acknowledged: what the broker holds stays for the collector.
 */
import type { Budget, Usage } from '../cloud/budget.ts'
import type { Link, LinkEnd, LinkOptions } from '../cloud/link.ts'
import { isGranted } from '../http/collector-view.ts'
import { type Finding, fail, pass, skip, warn } from './finding.ts'
import type { SourceParts } from './parts.ts'

export interface SessionCheck {
  readonly name: string
  readonly kind: 'cloud' | 'broker'
  readonly link: LinkOptions
  readonly topics: readonly string[]
  /** Of an account, while no collector runs that spends it. */
  readonly budget: Budget | undefined
}

const REFUSALS: Readonly<Record<number, readonly [text: string, todo: string]>> = {
  4: ['user name or password are wrong', 'Check them; those of an account are fetched anew each time, so try again.'],
  5: [
    'not authorised',
    'Stop whatever else uses this account (it has one session), or wait until tomorrow: about ten client ids a day are ' +
      'allowed. A pair of keys of its own for powerkits helps with both.',
  ],
}

const endFinding = (what: string, { link, kind }: SessionCheck, end: LinkEnd): Finding => {
  const { host } = new URL(link.url)
  const [text, todo] = REFUSALS[end.code ?? 0] ?? [end.text, 'Look at the log of the broker.']
  if (end.reason === 'refused' && kind === 'cloud') return fail(what, `${host} refuses the session: ${text}`, todo)
  if (end.reason === 'refused')
    return fail(what, `${host} refuses the session: ${text}`, 'Check user name, password and rights.')
  if (end.reason === 'untrusted')
    return fail(
      what,
      `the certificate of ${host} is not to be trusted (${end.text})`,
      'Check the clock, and NODE_EXTRA_CA_CERTS for an authority of your own.',
    )
  return fail(
    what,
    `${host} was not reached (${end.text || 'the connection was closed'})`,
    'Check address, port and firewall.',
  )
}

const connect = ({ openLink }: SourceParts, options: LinkOptions): Promise<Link | LinkEnd> =>
  new Promise((resolve) => {
    const link = openLink(options, {
      onUp: () => resolve(link),
      onEnd: resolve,
      onMessage: () => undefined,
    })
  })

const refusedFinding = (what: string, refused: readonly string[]): Finding => {
  const more = refused.length > 3 ? ` and ${refused.length - 3} more` : ''
  const named = `${refused.slice(0, 3).join(', ')}${more}`
  return fail(
    what,
    `refused: ${named}; no reports come on them`,
    'Check account and serial number; the vendor’s broker takes exact topics only.',
  )
}

const subscribe = async (link: Link, { name, topics }: SessionCheck): Promise<Finding> => {
  const what = `${name}, subscriptions`
  if (topics.length === 0) return skip(what, 'no kit is known')
  const refused: string[] = []
  for (const topic of topics) {
    const qos = await link.subscribe(topic)
    if (qos === undefined)
      return fail(what, 'the broker closed the connection meanwhile', 'Look what else uses the account.')
    if (!isGranted(qos)) refused.push(topic)
  }
  return refused.length === 0 ? pass(what, `${topics.length} topics granted`) : refusedFinding(what, refused)
}

const SCARCE = 0.7

interface Used {
  readonly connects: Usage
  readonly ids: Usage
}

/** Without permission it is known until when (epoch ms). */
const budgetFinding = (name: string, { connects, ids }: Used, problem: string, restUntil?: number): Finding => {
  const what = `${name}, client id`
  const used = `${connects.today} of ${connects.limit} connects of 24 hours and ${ids.today} of ${ids.limit} client ids of this day used`
  const todo = 'Look into the log for what closes the connection so often.'
  if (restUntil !== undefined)
    return fail(what, `${used}: until ${new Date(restUntil).toISOString().slice(11, 16)} UTC only HTTP`, todo)
  if (problem !== '') return warn(what, problem, 'Correct the rights of the data directory, or free space.')
  const isScarce = connects.today >= SCARCE * connects.limit || ids.today >= SCARCE * ids.limit
  return isScarce ? warn(what, used, todo) : pass(what, used)
}

/** Whether it allows a connect. */
const checkBudget = (name: string, budget: Budget, { report, localNow }: SourceParts): boolean => {
  const permission = budget.mayConnect(localNow())
  const status = budget.status(localNow())
  report(budgetFinding(name, status, status.problem, permission.isAllowed ? undefined : permission.untilAt))
  return permission.isAllowed
}

const askedFindings = ({ name, kind }: SessionCheck, { running }: SourceParts): Finding[] => {
  const [broker, subscriptions] = [`${name}, broker`, `${name}, subscriptions`]
  const because = 'a collector runs in this data directory and holds the session'
  const session = running?.view?.accounts.find((one) => one.name === name && one.kind === kind)?.session
  if (session === undefined) return [skip(broker, because), skip(subscriptions, because)]
  const { connects, client_ids: ids } = session
  const budget = connects && ids ? [budgetFinding(name, { connects, ids }, '')] : []
  const since = new Date(session.since_ms).toISOString().slice(0, 16)
  if (!session.is_connected) {
    const text = `the running collector is not connected since ${since} UTC (${session.state})`
    return [
      ...budget,
      fail(broker, text, session.problem ?? 'Look into its log.'),
      skip(subscriptions, 'there is no connection'),
    ]
  }
  const refused = session.topics.filter(({ is_granted }) => !is_granted).map(({ topic }) => topic)
  return [
    ...budget,
    pass(broker, `the running collector is connected since ${since} UTC`),
    refused.length > 0
      ? refusedFinding(subscriptions, refused)
      : pass(subscriptions, `${session.topics.length} topics granted`),
  ]
}

export const checkSession = async (check: SessionCheck, parts: SourceParts): Promise<void> => {
  const { name, budget, link: options } = check
  const { report } = parts
  if (parts.running !== undefined) return askedFindings(check, parts).forEach(report)
  const [broker, subscriptions] = [`${name}, broker`, `${name}, subscriptions`]
  const leave = (because: string): void => report(skip(subscriptions, because))
  if (budget !== undefined && !checkBudget(name, budget, parts)) {
    report(skip(broker, 'no connect is left'))
    return leave('no connect is left')
  }
  const link = await connect(parts, options)
  const isAnswered = !('reason' in link) || link.reason === 'refused'
  if (isAnswered) await budget?.noteConnect(parts.localNow())
  if ('reason' in link) {
    report(endFinding(broker, check, link))
    return leave('there is no connection')
  }
  report(pass(broker, `connected to ${new URL(options.url).host}`))
  report(await subscribe(link, check))
  await link.close()
}
