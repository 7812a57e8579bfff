/** What the hourly rows of a kit as a whole remember from one minute to the next. */

export interface KitHours {
  at: number
}

export const createKitHours = (): KitHours => ({ at: 0 })
