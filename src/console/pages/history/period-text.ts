/** What a period is called: `2 June 2026`, `June 2026`, `2026`. Pure. */
import type { By } from './energy-stacks.ts'

const FORMS: Readonly<Record<By, Intl.DateTimeFormatOptions>> = {
  quarter: { dateStyle: 'medium', timeStyle: 'short' },
  day: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  year: { year: 'numeric' },
}

/** `startAt` in epoch ms. */
export const periodText = (
  { startAt }: { readonly startAt: number },
  by: By,
  timeZone: string,
  locale: string,
): string => new Intl.DateTimeFormat(locale, { ...FORMS[by], timeZone }).format(startAt)
