import {
	type FacilityRow,
	FacilitySeriesOf,
} from "../../../core/api/facilities.ts";
import { FacilitySupplyOf } from "../../../core/api/logistics.ts";
import { useAnswer } from "../../state/answers.ts";
import type { useStockChoice } from "./use-stock-choice.ts";

/**
 * What is told of one facility: how far its stocks reach, and its reports by day. Of another one nothing is shown under its name.
 * @param all the list that it was found in
 */
export function useFacility(
	facility: FacilityRow | null,
	asked: ReturnType<typeof useStockChoice>["asked"],
	all: { error: Error | null; refetch(): Promise<unknown> },
) {
	const enabled = facility !== null;
	const id = facility?.id ?? 1;
	const supply = useAnswer(
		FacilitySupplyOf,
		{ facility: id, ...asked },
		{ keepLast: true, enabled },
	);
	const series = useAnswer(
		FacilitySeriesOf,
		{ facility: id, as_known: asked.as_known },
		{ keepLast: true, enabled },
	);
	return {
		told: supply.data?.facility === facility?.id ? supply.data : undefined,
		days: series.data?.facility === facility?.id ? series.data : undefined,
		error: all.error ?? supply.error ?? series.error,
		again: () =>
			Promise.all([all.refetch(), supply.refetch(), series.refetch()]),
	};
}
