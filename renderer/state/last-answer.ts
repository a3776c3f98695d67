import type { QueryKey } from "@tanstack/react-query";

/** The day of knowledge that the key of an answer names (`keyOf`). */
function knownIn([address]: QueryKey): string | null {
	const [, parameters] = String(address).split("?");
	return new URLSearchParams(parameters).get("as_known");
}

/**
 * While an answer is on its way the last one stays, which says itself what it is of; but of another day of knowledge none does. None says of which
 * it is, and what is written beside it speaks of the new one at once.
 */
export function lastFor(key: QueryKey) {
	return <T>(
		last: T | undefined,
		of: { readonly queryKey: QueryKey } | undefined,
	) => (of && knownIn(of.queryKey) === knownIn(key) ? last : undefined);
}
