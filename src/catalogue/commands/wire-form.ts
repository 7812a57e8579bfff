/** The vendor's ways of writing on the wire: yes and no, "leave unchanged", and values that may be left out. */

/** In one byte: the command does not speak of it. src: powerkits-api.txt L98-102, L239-246 */
export const LEAVE = 255

export const bit = (isSet: boolean): number => (isSet ? 1 : 0)

/** As `convert` says, or `leave` where nothing was given. */
export const given = <T>(value: T | undefined, convert: (value: T) => number, leave: number = LEAVE): number =>
  value === undefined ? leave : convert(value)
