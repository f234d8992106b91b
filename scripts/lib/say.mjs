/** What is being done, in one line, with the time it took. */

/** @param {string} message */
export function say(message) {
  process.stdout.write(`${message}\n`);
}

/**
 * Runs a long step: its name first, its duration when it is done.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const startedMs = Date.now();
  process.stdout.write(`${name} … `);
  try {
    const result = await work();
    process.stdout.write(`${seconds(startedMs)}\n`);
    return result;
  } catch (error) {
    process.stdout.write(`failed after ${seconds(startedMs)}\n`);
    throw error;
  }
}

/** @param {number} startedMs */
export function seconds(startedMs) {
  return `${((Date.now() - startedMs) / 1000).toFixed(1)} s`;
}

/** An error for people: its message says what happened and what to do, its stack would say nothing more. */
export class Refusal extends Error {}

/**
 * Runs a script's main function; a Refusal is shown as its message, anything else with its stack.
 * @param {() => Promise<number | undefined>} main returns the exit code, or undefined to go on running
 */
export async function runMain(main) {
  try {
    const code = await main();
    if (code !== undefined) process.exit(code);
  } catch (error) {
    console.error(error instanceof Refusal ? `\n${error.message}` : error);
    process.exit(1);
  }
}
