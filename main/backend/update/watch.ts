import type { Installation } from "../../../core/api/installation.ts";
import { type ThisProgram, takeOffered, type UpdateSource } from "./offered.ts";

/** What is known of a newer version. */
export type OfferedUpdate = Installation["update"];

/** How often the folder is looked into (ms). */
const LOOK_EVERY = 60 * 60 * 1000;

/**
 * Looks into the folder of updates now and every hour.
 * @param source null: nobody said where
 */
export function watchUpdates(
	source: UpdateSource | null,
	into: string,
	program: ThisProgram,
	report: (message: string) => void,
): { now(): OfferedUpdate; close(): void } {
	let known: OfferedUpdate = { kind: "none" };
	const look = async (): Promise<void> => {
		if (source === null) return;
		try {
			const taken = await takeOffered(source, into, program);
			known = taken ? { kind: "ready", ...taken } : { kind: "none" };
		} catch (error) {
			const message = `${source.folder}: ${error instanceof Error ? error.message : String(error)}`;
			if (known.kind !== "fault" || known.message !== message)
				report(`update: ${message}`);
			known = { kind: "fault", message };
		}
	};
	void look();
	const again = setInterval(look, LOOK_EVERY);
	again.unref();
	return { now: () => known, close: () => clearInterval(again) };
}
