/** Addresses of questions about a kit. Pure. */

/** `api/v1/kits/SN/what?…`; parameters that are undefined are left out. */
export const pathOf = (sn: string, what: string, query: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return `api/v1/kits/${encodeURIComponent(sn)}/${what}?${new URLSearchParams(given)}`
}
