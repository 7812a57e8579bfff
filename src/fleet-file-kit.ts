/**
 * What the file of the fleet can say of one kit, each scalar as the text it is written in; what of it is a fact about
 * its site goes to the line as `Site`.
 */
import { z } from 'zod'
import { timeZone } from './setting-kinds.ts'
import type { PriceFrom, Site } from './track/site-state.ts'

const MINUTE_MS = 60_000

/** Text that is not empty. */
export const filled = (expected: string) => z.string({ error: expected }).min(1, { error: expected })

export const oneOf = <const T extends readonly [string, ...string[]]>(...words: T) =>
  z.enum(words, { error: words.join(' or ') })

/** What a heading with nothing under it means. */
export const orEmpty = <T extends z.ZodType>(empty: unknown, inner: T) =>
  z.preprocess((value) => (value === '' || value === undefined ? empty : value), inner)

const number = (min: number, max: number, what = 'a number') => {
  const error = `${what} from ${min} to ${max}`
  return z
    .string({ error })
    .regex(/^-?\d+(?:\.\d+)?$/, { error })
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error })
}

const SHORT_NAME = filled('a name').max(40, { error: 'a name of at most 40 letters' })

/** Names of circuits by their number, from 1. */
const CIRCUITS = orEmpty(
  {},
  z.record(z.string().regex(/^[1-9]\d?$/), SHORT_NAME, {
    error: 'numbers of circuits, each with a name',
  }),
)

const WATTS = number(1, 20_000, 'watts')
const PANELS = z.strictObject(
  { 1: WATTS.optional(), 2: WATTS.optional() },
  { error: 'peak watts of the panels at the solar inputs 1 and 2' },
)

const AMPERES = number(0.1, 200, 'amperes')
const CIRCUIT_LIMITS = z.strictObject(
  { ac: AMPERES.optional(), dc: AMPERES.optional() },
  { error: 'amperes that a circuit of the ac and dc panels may carry' },
)

const CLOCK = 'a local time such as 06:00'
const PRICE = number(0, 1_000_000, 'a price per kWh')
const PRICES = z
  .array(
    z.strictObject(
      {
        from: z
          .string({ error: CLOCK })
          .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, { error: CLOCK })
          .transform((clock) => (Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))) * MINUTE_MS),
        price: PRICE,
      },
      { error: 'from and price' },
    ),
    { error: 'a list of times with their prices' },
  )
  .min(1, { error: 'a list of times with their prices' })
  .refine((prices) => new Set(prices.map(({ from }) => from)).size === prices.length, { error: 'each time once' })

const TARIFF = z
  .strictObject(
    {
      currency: z
        .string({ error: 'three letters such as EUR' })
        .regex(/^[A-Z]{3}$/, { error: 'three letters such as EUR' }),
      price: PRICE.optional(),
      prices: PRICES.optional(),
    },
    { error: 'currency, and price or prices' },
  )
  .refine(({ price, prices }) => (price === undefined) !== (prices === undefined), {
    error: 'either price, or prices by the time of day',
  })

export const KIT = z
  .strictObject(
    {
      name: z.string({ error: 'text' }).default(''),
      time_zone: z
        .string({ error: 'a name such as Europe/Berlin' })
        .refine((value) => timeZone.safeParse(value).success, { error: 'a name such as Europe/Berlin' })
        .optional(),
      circuits: z
        .strictObject({ ac: CIRCUITS, dc: CIRCUITS }, { error: 'ac and dc, with names of their circuits' })
        .optional(),
      ac_input: oneOf('shore', 'generator').optional(),
      latitude: number(-90, 90, 'degrees').optional(),
      longitude: number(-180, 180, 'degrees').optional(),
      group: SHORT_NAME.optional(),
      laid_up: oneOf('true', 'false').optional(),
      panels: PANELS.optional(),
      tariff: TARIFF.optional(),
      circuit_limits: CIRCUIT_LIMITS.optional(),
      inverter_va: number(100, 100_000, 'volt-amperes').optional(),
    },
    { error: 'settings of the kit, such as name and time_zone, or nothing' },
  )
  .refine(({ latitude, longitude }) => (latitude === undefined) === (longitude === undefined), {
    error: 'latitude and longitude together',
  })

type KitEntry = z.output<typeof KIT>

/** Names of the settings that may stand at this place below a kit. */
export const kitKeys = ([setting, ...inner]: readonly PropertyKey[]): string[] => {
  if (setting === undefined) return Object.keys(KIT.shape)
  if (setting === 'tariff') return inner.length === 0 ? Object.keys(TARIFF.shape) : ['from', 'price']
  if ((setting === 'circuits' || setting === 'circuit_limits') && inner.length === 0) return ['ac', 'dc']
  return []
}

const pricesOf = ({ price = 0, prices }: NonNullable<KitEntry['tariff']>): PriceFrom[] =>
  prices === undefined ? [{ fromMs: 0, price }] : prices.map(({ from: fromMs, price }) => ({ fromMs, price }))

const limitsOf = ({ ac, dc }: NonNullable<KitEntry['circuit_limits']>): NonNullable<Site['circuitLimitsA']> => ({
  ...(ac !== undefined && { ac }),
  ...(dc !== undefined && { dc }),
})

const panelsOf = (panels: NonNullable<KitEntry['panels']>): NonNullable<Site['panelsW']> => ({
  ...(panels[1] !== undefined && { 1: panels[1] }),
  ...(panels[2] !== undefined && { 2: panels[2] }),
})

/** The facts about the kit's site that the file tells; undefined where it tells none. */
export const siteOf = (kit: KitEntry): Site | undefined => {
  const { ac_input: acInput, latitude: latitudeDeg, longitude: longitudeDeg, group, laid_up, panels, tariff } = kit
  const { circuit_limits, inverter_va: inverterVa } = kit
  const site: Site = {
    ...(acInput !== undefined && { acInput }),
    ...(latitudeDeg !== undefined && { latitudeDeg }),
    ...(longitudeDeg !== undefined && { longitudeDeg }),
    ...(group !== undefined && { group }),
    ...(laid_up !== undefined && { isLaidUp: laid_up === 'true' }),
    ...(panels !== undefined && { panelsW: panelsOf(panels) }),
    ...(circuit_limits !== undefined && { circuitLimitsA: limitsOf(circuit_limits) }),
    ...(inverterVa !== undefined && { inverterVa }),
    ...(tariff !== undefined && { tariff: { currency: tariff.currency, prices: pricesOf(tariff) } }),
  }
  return Object.keys(site).length === 0 ? undefined : site
}
