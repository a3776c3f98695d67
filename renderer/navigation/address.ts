import { parseAreaCode } from "../../core/areas/codes.ts";
import { type Day, dayFromIso, isoFromDay } from "../../core/series/day.ts";
import { isIndicatorKey } from "../../core/series/indicator.ts";
import { MEASURES } from "../../core/series/measure.ts";
import { LANGUAGES } from "../../core/workspace/settings.ts";
import type { Language } from "../i18n/language.ts";
import { nearestMeasure } from "../state/measures.ts";
import {
	DEFAULT_VIEW,
	MAP_LEVELS,
	type Refused,
	type View,
} from "../state/view-state.ts";

/** The parts of an address that travel from screen to screen; every other part is the screen's own. */
const SHARED: ReadonlySet<string> = new Set([
	"area",
	"day",
	"indicator",
	"measure",
	"map",
	"camera",
	"known",
	"lang",
	"wall",
]);
/** West, south, east and north in degrees, or a word (parts/map/framed-camera). */
const CAMERA = /^(whole|(-?[\d.]+_){3}-?[\d.]+)$/;
/** Longer than any name there is: what an address asks for is repeated to the person who typed it. */
const LONGEST = 60;

/** Everything that an address states: the view, and the day of the clock; null for the newest. */
export interface Place extends View {
	day: Day | null;
}

/** A place as an address asks for it. */
export interface AskedPlace extends Place {
	/** The parts of the address that mean nothing, as they were typed. */
	refused: Refused | null;
}

/** Writes a place as the part of the address after `#`; choices that are the default are left out. */
export function addressOf(view: Place): string {
	const parts = new URLSearchParams();
	if (view.area !== DEFAULT_VIEW.area) parts.set("area", view.area);
	if (view.day !== null) parts.set("day", isoFromDay(view.day));
	if (view.indicator !== DEFAULT_VIEW.indicator)
		parts.set("indicator", view.indicator);
	if (view.measure !== DEFAULT_VIEW.measure) parts.set("measure", view.measure);
	if (view.mapLevel !== DEFAULT_VIEW.mapLevel) parts.set("map", view.mapLevel);
	if (view.camera !== DEFAULT_VIEW.camera) parts.set("camera", view.camera);
	if (view.asKnown !== null) parts.set("known", isoFromDay(view.asKnown));
	if (view.language !== view.ownLanguage) parts.set("lang", view.language);
	if (view.wall) parts.set("wall", "1");
	for (const [key, value] of Object.entries(view.own)) parts.set(key, value);
	const text = parts.toString();
	const screen = `#/${encodeURIComponent(view.screen)}`;
	return text === "" ? screen : `${screen}?${text}`;
}

/**
 * Reads an address. A part that is missing or makes no sense takes the default, since an address may be typed by hand; what makes no
 * sense is answered too, and an area or a screen that does not exist is kept as it was typed, so that the person who typed it can be told
 * (shell/frame): another indicator than was asked for must not be taken for it.
 * @param ownLanguage of whoever reads it: a link is read in the reader's language, unless it names one
 */
export function placeFromAddress(
	hash: string,
	ownLanguage: Language = DEFAULT_VIEW.ownLanguage,
): AskedPlace {
	const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
	const parts = new URLSearchParams(query);
	const senseless: string[] = [];
	const read = <Part, Otherwise>(
		key: string,
		meaning: (text: string) => Part | undefined,
		otherwise: Otherwise,
	): Part | Otherwise => {
		const text = parts.get(key) ?? "";
		const found = text === "" ? otherwise : meaning(text);
		if (found !== undefined) return found;
		senseless.push(`${key}=${text.slice(0, LONGEST)}`);
		return otherwise;
	};
	const oneOf =
		<Part extends string>(known: readonly Part[]) =>
		(text: string) =>
			known.find((one) => one === text);
	const indicator = read(
		"indicator",
		(text) => (isIndicatorKey(text) ? text : undefined),
		DEFAULT_VIEW.indicator,
	);
	const area = (parts.get("area") ?? "").trim().slice(0, LONGEST);
	const place = {
		screen: decoded(path).slice(0, LONGEST) || DEFAULT_VIEW.screen,
		area: parseAreaCode(area) ?? (area || DEFAULT_VIEW.area),
		day: read("day", dayFromIso, null),
		indicator,
		measure: nearestMeasure(
			indicator,
			read("measure", oneOf(MEASURES), DEFAULT_VIEW.measure),
		),
		mapLevel: read("map", oneOf(MAP_LEVELS), DEFAULT_VIEW.mapLevel),
		camera: read(
			"camera",
			(text) => (CAMERA.test(text) ? text : undefined),
			DEFAULT_VIEW.camera,
		),
		asKnown: read("known", dayFromIso, null),
		language: read("lang", oneOf(LANGUAGES), ownLanguage),
		ownLanguage,
		wall: parts.get("wall") === "1",
		own: Object.fromEntries([...parts].filter(([key]) => !SHARED.has(key))),
	};
	const refused: Refused | null =
		senseless.length > 0 ? { what: "part", text: senseless.join(", ") } : null;
	return { ...place, refused };
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
