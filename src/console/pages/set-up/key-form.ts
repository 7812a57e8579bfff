/** What a key looks like, so that one cut short in copying is told of where it was typed. Pure. */

/** As the collector takes it: what the vendor gives has no blanks; those around it come with copying. */
const KEY = /^[!-~]{8,256}$/

export const isKey = (typed: string): boolean => KEY.test(typed.trim())
