import type { KeyObject } from "node:crypto";
import {
	type GivenKey,
	givenKey,
	isSignedBy,
	type SignedText,
	signText,
} from "./signing-key.ts";

/*
 * How one key follows another: the older one signs, once, which is the next. Whoever was given any of them finds the newest, and believes
 * none of those before it any more.
 */
const KIND = "key-succession";

/** The word of a key on the one that follows it. */
export function nameSuccessor(
	from: GivenKey,
	privateKey: KeyObject,
	to: GivenKey,
): SignedText {
	return signText(
		JSON.stringify({ kind: KIND, from: from.id, to: to.text }),
		privateKey,
	);
}

/**
 * The newest key to which one leads. What is not signed by the key whose turn it is, or names no key, leads nowhere.
 * @param successions in their order; those before the key's own turn are passed over
 */
export function newestKey(
	given: GivenKey,
	successions: readonly SignedText[],
): GivenKey {
	return successions.reduce((key, succession) => {
		if (!isSignedBy(succession, key)) return key;
		const next = successorIn(succession.payload, key);
		return next ?? key;
	}, given);
}

/** The key that a word names as the one after `from`; null: it is no such word. */
function successorIn(payload: string, from: GivenKey): GivenKey | null {
	const said: unknown = JSON.parse(payload);
	if (typeof said !== "object" || said === null) return null;
	const { kind, from: by, to } = said as Record<string, unknown>;
	return kind === KIND && by === from.id && typeof to === "string"
		? givenKey(to)
		: null;
}
