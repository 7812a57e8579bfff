/** What no statement may hold: what InfluxDB 2.7 or 3 refuse, what invents values, and what belongs to one place on earth. */
export const REFUSED =
  /\b(?:create|drop|alter|delete|grant|into|slimit|soffset|cardinality|sample|integral|tz)\b|fill\((?:linear|previous|0)\)|;/i
