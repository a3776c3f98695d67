import { parseAreaCode } from "../../core/areas/codes.ts";
import { dayFromIso, isoFromDay } from "../../core/series/day.ts";
import { isIndicatorKey } from "../../core/series/indicator.ts";
import { MEASURES } from "../../core/series/measure.ts";
import { nearestMeasure } from "./measures.ts";
import { DEFAULT_VIEW, type View } from "./view-state.ts";

const SCREEN = "#/situasi";

/** Writes a view as the part of the address after `#`; choices that are the default are left out. */
export function addressOf(view: View): string {
	const parts = new URLSearchParams();
	if (view.area !== DEFAULT_VIEW.area) parts.set("area", view.area);
	if (view.day !== null) parts.set("day", isoFromDay(view.day));
	if (view.indicator !== DEFAULT_VIEW.indicator)
		parts.set("indicator", view.indicator);
	if (view.measure !== DEFAULT_VIEW.measure) parts.set("measure", view.measure);
	if (view.mapLevel !== DEFAULT_VIEW.mapLevel) parts.set("map", view.mapLevel);
	if (view.asKnown !== null) parts.set("known", isoFromDay(view.asKnown));
	if (view.language !== DEFAULT_VIEW.language) parts.set("lang", view.language);
	const text = parts.toString();
	return text === "" ? SCREEN : `${SCREEN}?${text}`;
}

/** Reads an address; a part that is missing or makes no sense takes the default, since an address may be typed by hand. */
export function viewFromAddress(hash: string): View {
	const parts = new URLSearchParams(hash.split("?")[1] ?? "");
	const asked = parts.get("indicator") ?? "";
	const indicator = isIndicatorKey(asked) ? asked : DEFAULT_VIEW.indicator;
	return {
		area: parseAreaCode(parts.get("area") ?? "") ?? DEFAULT_VIEW.area,
		day: dayFromIso(parts.get("day") ?? "") ?? null,
		indicator,
		measure: nearestMeasure(
			indicator,
			MEASURES.find((measure) => measure === parts.get("measure")) ??
				DEFAULT_VIEW.measure,
		),
		mapLevel: parts.get("map") === "province" ? "province" : "regency",
		asKnown: dayFromIso(parts.get("known") ?? "") ?? null,
		language: parts.get("lang") === "en" ? "en" : "id",
	};
}
