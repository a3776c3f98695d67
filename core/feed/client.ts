/*
 * What a workstation says of itself in every request to a hub, and what a hub may want of it. A hub that is newer answers 426 (RFC 9110,
 * section 15.5.22) to who cannot read what it publishes; that workstation goes on showing what it has.
 */

/** The header in which a workstation says what it is. */
export const CLIENT_HEADER = "blc-client";

/** A program: its version (`0.1.0`; null: not known), and the newest schema of the feed that it reads. */
export interface Client {
	readonly version: string | null;
	readonly schema: number;
}

/** What a hub wants at least of a workstation; null as version: any. */
export type Needed = Client;

/** @returns the header's text: `0.1.0 schema=8` */
export function clientText({ version, schema }: Client): string {
	return `${version ?? "0"} schema=${schema}`;
}

/** Reads what `clientText` wrote; null where it is not that, as of a person who looks by hand. */
export function readClient(text: string | undefined): Client | null {
	const read = /^(\d[\w.+-]{0,40}) schema=(\d{1,6})$/.exec(text ?? "");
	return read
		? {
				version: read[1] === "0" ? null : (read[1] as string),
				schema: Number(read[2]),
			}
		: null;
}

/** Whether a program is older than what is needed. One whose version is not known is old where a version is asked for. */
export function isTooOld(client: Client, needed: Needed): boolean {
	if (client.schema < needed.schema) return true;
	if (needed.version === null) return false;
	return client.version === null || isOlder(client.version, needed.version);
}

/**
 * Whether one version (`1.2.3`, also with `-beta.1` or `+build` behind it) is before another. A version with a word behind it is before
 * the same one without; two with words are told apart by nothing else.
 */
export function isOlder(one: string, other: string): boolean {
	const [a, b] = [numbersOf(one), numbersOf(other)];
	for (let at = 0; at < 3; at++) {
		const difference = (a[at] ?? 0) - (b[at] ?? 0);
		if (difference !== 0) return difference < 0;
	}
	return isPreview(one) && !isPreview(other);
}

/** Whether a text is a version as `isOlder` compares them. */
export function isVersion(text: string): boolean {
	return /^\d{1,6}\.\d{1,6}\.\d{1,6}([-+][\w.+-]{1,30})?$/.test(text);
}

const numbersOf = (version: string): number[] =>
	(version.split(/[-+]/)[0] ?? "").split(".").map(Number);

const isPreview = (version: string): boolean => /^[\d.]+-/.test(version);
