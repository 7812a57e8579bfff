/** What Grafana puts into a statement before it runs: the names of our variables, and of its own. */

/** Values of variables, as tags are compared with them. */
export type Variable = '$kit' | '$pack' | '$module' | '$circuit'

/** Begin of the time shown, epoch ms. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's syntax
export const FROM_MS = '${__from}'

/** End of the time shown, epoch ms. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's syntax
export const TO_MS = '${__to}'
