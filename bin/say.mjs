/** Words of the set-up to a person: progress lines on stderr (stdout belongs to the commands) and refusals. */

/** A reason not to go on. Its message is a whole explanation for a person; no stack is shown. */
export class Refusal extends Error {}

/** One progress line, unless `quiet`. */
export const say = (quiet, text) => {
  if (!quiet) process.stderr.write(`${text}\n`)
}
