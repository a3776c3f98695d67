import type { QueryKey } from "@tanstack/react-query";

/** What no answer says of itself: the day of knowledge, and how patients ahead are told. */
const UNSAID = ["as_known", "census", "beds"];

/** What of these the key of an answer names (`keyOf`). */
function unsaidIn([address]: QueryKey): string {
	const [, text] = String(address).split("?");
	const parameters = new URLSearchParams(text);
	return JSON.stringify(UNSAID.map((name) => parameters.get(name)));
}

/**
 * While an answer is on its way the last one stays, which says itself what it is of; but of another day of knowledge none does, nor of patients
 * told in another way. None says of which it is, and what is written beside it speaks of the new one at once.
 */
export function lastFor(key: QueryKey) {
	return <T>(
		last: T | undefined,
		of: { readonly queryKey: QueryKey } | undefined,
	) => (of && unsaidIn(of.queryKey) === unsaidIn(key) ? last : undefined);
}
