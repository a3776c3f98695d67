import { LONGEST_ADDRESS } from "../../../core/wall/scene.ts";

/** What the wall itself decides, and no panel on it: its day, its language, and that it is one. */
const OF_THE_WALL = ["day", "lang", "wall"];

/**
 * The address of a panel that shows what a window shows now.
 * @param hash of the window (`#/situasi?area=31&day=2020-06-01`)
 * @param at what it has to say besides
 * @returns null where it is too long to be kept
 */
export function pinnedAddress(
	hash: string,
	at: Readonly<Record<string, string>> = {},
): string | null {
	const [path = "", query = ""] = hash.split("?");
	const parts = new URLSearchParams(query);
	for (const part of OF_THE_WALL) parts.delete(part);
	for (const [part, value] of Object.entries(at)) parts.set(part, value);
	const text = parts.toString();
	const address = text === "" ? path : `${path}?${text}`;
	return address.length > LONGEST_ADDRESS ? null : address;
}
