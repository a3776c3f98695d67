import type { PanelKind, Scene } from "../wall/scene.ts";
import type { Queries } from "./all.ts";

type Route = keyof Queries;

/** What any wall needs before it can draw a panel: the time and state of the data, areas and their shapes, and what it is to show. */
export const ROUTES_OF_WALLS: readonly Route[] = [
	"areas",
	"backendTime",
	"basemap",
	"districtGeography",
	"districts",
	"freshness",
	"geography",
	"raisedTriggers",
	"session",
	"settings",
	"show",
	"state",
	"thisDevice",
	"villages",
	"walls",
	"workspace",
];

/**
 * What each kind of panel asks besides. A device of a wall is answered a route only if one of its panels needs it; where that is a list of
 * facilities, it is one because a panel names them.
 */
export const ROUTES_OF_PANELS: Readonly<Record<PanelKind, readonly Route[]>> = {
	kpi: ["kpis"],
	map: ["cube", "figures", "kpis", "spread", "table"],
	"time-lapse": ["cube", "figures", "kpis", "spread", "table"],
	spread: [
		"cube",
		"facilities",
		"facilityCube",
		"figures",
		"kpis",
		"mobility",
		"series",
		"spread",
		"spreadAreasApart",
		"spreadCells",
		"spreadDifference",
		"spreadDifferenceSeries",
		"spreadSeries",
		"sum",
		"table",
		"zoneCourse",
		"zones",
	],
	curve: [
		"figures",
		"kpis",
		"series",
		"spreadAreasApart",
		"spreadDifferenceSeries",
		"spreadSeries",
		"sum",
	],
	trend: ["figures", "kpis", "series"],
	rt: ["kpis", "reproduction"],
	"rt-map": ["figures", "kpis", "reproductionAreas"],
	projection: ["kpis", "projection"],
	ranking: ["kpis", "table"],
	table: ["kpis", "table"],
	shortage: ["facilities", "shortage"],
	"first-out": ["facilities", "shortage"],
	"stock-map": ["facilities", "shortage"],
	"plan-map": ["items", "plan"],
	laboratory: ["facilities", "facilitySeries", "laboratories"],
	laboratories: ["facilities", "laboratories"],
	facility: ["facilities", "facilitySeries", "facilitySupply"],
	referral: ["facilities", "referral"],
	"referral-map": ["facilities", "referral"],
	sources: [],
	clock: [],
	text: [],
	image: ["wallPicture"],
};

/** The routes that a wall which shows these scenes may ask. */
export function routesOfScenes(scenes: readonly Scene[]): ReadonlySet<Route> {
	return new Set([
		...ROUTES_OF_WALLS,
		...scenes.flatMap(({ panels }) =>
			panels.flatMap(({ kind }) => ROUTES_OF_PANELS[kind]),
		),
	]);
}
