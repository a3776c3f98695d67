import { join } from "node:path";
import {
	afterOrder,
	type Show,
	type ShowOrder,
} from "../../../core/wall/show.ts";
import { SHOW_FILE } from "../../../core/workspace/show.ts";
import { openKeptFile } from "./kept-file.ts";

/** What a presenter has the walls of this workstation do. */
export interface KeptShow {
	readonly value: Show;
	order(order: ShowOrder, by: string): Show;
}

/** @param changed called after each order */
export function openKeptShow(
	folder: string,
	writable: () => boolean,
	report: (message: string) => void,
	changed: (show: Show) => void,
	clock: () => number = Date.now,
): KeptShow {
	const file = openKeptFile(
		join(folder, "show.json"),
		SHOW_FILE,
		writable,
		report,
		clock,
	);
	let value = file.value;
	return {
		get value() {
			return value;
		},
		order(order, by) {
			value = afterOrder(value, order, by, clock());
			changed(value);
			try {
				file.change(value);
			} catch (error) {
				// A full disk is no reason for a wall not to go on to the next scene.
				report(`show: holds until this program ends: ${String(error)}`);
			}
			return value;
		},
	};
}
