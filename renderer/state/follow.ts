import { isApart, type Level } from "../../core/areas/codes.ts";
import type { Detail } from "../../core/feed/details.ts";
import { useConnection } from "./connection.ts";

/** Whether a detail of the dataset is still to be published: what is empty of it is not known yet. */
export function useFollows(detail: Detail | null): boolean {
	return useConnection(
		({ state }) =>
			detail !== null && (state?.dataset?.follow.includes(detail) ?? false),
	);
}

/** The same of what is said of areas of a level. */
export function useLevelFollows(level: Level): boolean {
	return useFollows(isApart(level) ? "kecamatan" : null);
}
