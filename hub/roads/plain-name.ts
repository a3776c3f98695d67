import { excerpt } from "../../core/reading/fault.ts";

/** A name that is a name and no path; empty where nothing is left of it. */
export function plainName(given: string): string {
	const name = given.split(/[\\/]/).at(-1) ?? "";
	const plain = excerpt(name.replace(/\p{Cc}/gu, "").trim());
	return plain === "." || plain === ".." ? "" : plain;
}
