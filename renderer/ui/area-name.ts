import type { AreaRow } from "../../core/api/situation.ts";

/** The name without its kind, for labels: "Malang" for the kabupaten, "Kota Malang" stays, as the two would be mixed up. */
export function shortAreaName(area: AreaRow): string {
	return area.name.replace(/^Kabupaten (Administrasi )?/, "");
}
