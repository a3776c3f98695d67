/**
 * What was looked for and must be there, where the types cannot know it: an entry of a fixed table, an area that a row of the same database
 * names. Where it may be missing this is not the way to ask for it.
 * @param what was looked for, for whoever reads the error
 * @throws Error naming it, instead of going on with `undefined` as if it were a value
 */
export function found<T>(value: T | undefined, what: string): T {
	if (value === undefined) throw new Error(`${what} is not there`);
	return value;
}
