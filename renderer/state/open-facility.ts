import type { FacilityRow } from "../../core/api/facilities.ts";
import type { AreaIndex } from "./area-index.ts";
import { leave } from "./drafts.ts";
import { useView } from "./view-state.ts";

/** Leads to a hospital, laboratory or warehouse in Logistik, with its area chosen; asks first where something typed would be lost. */
export function openFacility(
	{ id, area }: Pick<FacilityRow, "id" | "area">,
	areas: AreaIndex | undefined,
): void {
	const code = areas?.byId(area)?.code;
	leave(() => {
		const { change, explain } = useView.getState();
		explain(null);
		change({
			screen: "logistik",
			...(code !== undefined && { area: code }),
			own: { view: "fasilitas", facility: String(id) },
		});
	});
}
