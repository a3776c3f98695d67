import { createHash, randomInt } from "node:crypto";
import type { Pairing } from "./kept-devices.ts";

/** Letters and digits that nobody takes for another, by eye or by ear. */
const SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const LENGTH = 8;
/** A code holds so long (ms), and wrong ones are counted over as long a time. */
export const CODE_LASTS = 5 * 60_000;
const MOST_OPEN = 10;
/** Wrong codes within that time: of one address, and of all together. 31^8 codes are not found by fifty tries. */
const MOST_WRONG_OF_ONE = 5;
const MOST_WRONG = 50;

/** Codes with which a device is paired: each works once and for a short time, and guessing is halted. */
export interface PairingCodes {
	/** @returns the code as a person types it, ABCD-EFGH, and when it ends (ms since 1970-01-01 UTC) */
	give(pairing: Pairing): { code: string; endsAt: number };
	/** @param address from which it comes */
	take(code: string, address: string): Pairing | "wrong" | "wait";
}

export function createPairingCodes(
	clock: () => number = Date.now,
): PairingCodes {
	const open = new Map<string, { pairing: Pairing; endsAt: number }>();
	let wrong: { address: string; at: number }[] = [];
	return {
		give(pairing) {
			tidy();
			// Of too many the oldest holds no longer.
			for (const oldest of [...open.keys()].slice(
				0,
				Math.max(0, open.size - MOST_OPEN + 1),
			))
				open.delete(oldest);
			const code = Array.from(
				{ length: LENGTH },
				() => SIGNS[randomInt(SIGNS.length)],
			).join("");
			const endsAt = clock() + CODE_LASTS;
			open.set(digest(code), { pairing, endsAt });
			return { code: `${code.slice(0, 4)}-${code.slice(4)}`, endsAt };
		},
		take(code, address) {
			tidy();
			const ofOne = wrong.filter((one) => one.address === address).length;
			if (ofOne >= MOST_WRONG_OF_ONE || wrong.length >= MOST_WRONG)
				return "wait";
			// Looked up by its digest: the time taken tells nothing about the codes.
			const key = digest(code.toUpperCase().replace(/[^A-Z0-9]/g, ""));
			const found = open.get(key);
			if (!found) {
				wrong.push({ address, at: clock() });
				return "wrong";
			}
			open.delete(key);
			return found.pairing;
		},
	};

	function tidy(): void {
		const now = clock();
		for (const [key, { endsAt }] of open) if (endsAt <= now) open.delete(key);
		wrong = wrong.filter(({ at }) => at > now - CODE_LASTS);
	}
}

function digest(code: string): string {
	return createHash("sha256").update(`code ${code}`).digest("hex");
}
