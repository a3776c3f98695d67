import { useQuery } from "@tanstack/react-query";
import type { FacilityCubeHeader } from "../../core/api/facilities.ts";
import { FacilityCube as FacilityCubeQuery } from "../../core/api/facilities.ts";
import type { Asked } from "../../core/api/route.ts";
import type { Day } from "../../core/series/day.ts";
import { keyOf } from "./answer-key.ts";
import { ask } from "./ask.ts";
import { lastFor } from "./last-answer.ts";

/** No report that still holds. */
export const NO_REPORT = 255;

/** One measure of all facilities of a kind on all days, in the order of /api/facilities of that kind. */
export interface FacilityCube {
	readonly header: FacilityCubeHeader;
	/** `values[facility * days + day]`; NaN: not reported, or too long ago. */
	readonly values: Float32Array;
	/** How many days old the report is, in the same order; NO_REPORT: there is none. */
	readonly ages: Uint8Array;
}

/**
 * Reads the body of /api/facilities/cube.
 * @throws when the length is not what the header says: a cut or mixed-up answer must not be drawn.
 */
export function decodeFacilityCube(
	header: FacilityCubeHeader,
	body: ArrayBuffer,
): FacilityCube {
	const cells = header.facilities * header.days;
	if (body.byteLength !== cells * 5)
		throw new Error(
			`cube of ${header.facilities} facilities x ${header.days} days: expected ${cells * 5} bytes, found ${body.byteLength}`,
		);
	return {
		header,
		values: new Float32Array(body, 0, cells),
		ages: new Uint8Array(body, cells * 4, cells),
	};
}

/** The cube that is asked for, decoded once. */
export function useFacilityCube(
	asked: Asked<typeof FacilityCubeQuery>,
	enabled: boolean,
) {
	const queryKey = keyOf(FacilityCubeQuery, asked);
	return useQuery({
		queryKey,
		queryFn: async ({ signal }) => {
			const { header, body } = await ask(FacilityCubeQuery, asked, signal);
			return decodeFacilityCube(header, body);
		},
		enabled,
		gcTime: 5_000,
		placeholderData: lastFor(queryKey),
	});
}

/** What a facility, by its row, last stated as of a day, and how old that is; null where nothing holds. */
export function statedOn(
	{ header: { firstDay, days }, values, ages }: FacilityCube,
	row: number,
	day: Day,
): { value: number | null; age: number } | null {
	const at = day - firstDay;
	if (at < 0 || at >= days) return null;
	const age = ages[row * days + at] ?? NO_REPORT;
	if (age === NO_REPORT) return null;
	const value = values[row * days + at];
	return {
		value: value === undefined || Number.isNaN(value) ? null : value,
		age,
	};
}
