import type Database from "better-sqlite3";
import type { StockFormulas } from "../../../core/api/logistics.ts";
import { addStanding, noSupply } from "../../../core/logistics/area-supply.ts";
import {
	areaFormulas,
	type Formula,
	type ModelledBy,
	placeFormulas,
} from "../../../core/logistics/formula.ts";
import {
	STOCK_COLUMNS,
	type StockColumn,
} from "../../../core/logistics/watched-item.ts";
import { catalogues } from "./catalogue.ts";
import { areasWithin } from "./facilities.ts";
import { knownArea } from "./known-area.ts";
import { knownDay } from "./known-day.ts";
import { Refusal } from "./refusal.ts";
import { sourceNames } from "./source.ts";
import {
	factorOfUse,
	modelledPerPatient,
	type PlaceStock,
	type StockOptions,
	stockPositions,
} from "./stock-positions.ts";

/** How the figures of an item in an area, or at a facility in it, are reckoned. @throws Refusal 404 for a facility that is not in it */
export function stockFormulas(
	db: Database.Database,
	asked: StockOptions & {
		area: number;
		facility?: number | undefined;
		item: StockColumn;
	},
): StockFormulas {
	const within = areasWithin(db, knownArea(db, asked.area).id);
	const at = STOCK_COLUMNS.indexOf(asked.item);
	const places = stockPositions(db, {
		...asked,
		asKnownOn: knownDay(db, asked.asKnownOn),
	}).filter(({ facility }) => within.has(facility.area));
	const rest = { area: asked.area, item: asked.item, day: asked.day };
	if (asked.facility === undefined) {
		const supply = noSupply();
		for (const { facility, standings } of places) {
			const standing = standings[at];
			if (standing && facility.kind !== "warehouse")
				addStanding(supply, facility.id, standing);
		}
		return {
			...rest,
			facility: null,
			formulas: areaFormulas(supply).map(written),
			spans: [],
			sources: [],
		};
	}
	const place = places.find(({ facility }) => facility.id === asked.facility);
	const standing = place?.standings[at];
	const told = place?.told[at];
	if (!place || !standing || !told)
		throw new Refusal(
			404,
			"facility",
			`facility: found ${asked.facility}, expected one of the area that keeps ${asked.item}`,
		);
	const names = sourceNames(db);
	const { countDay, reported } = standing;
	return {
		...rest,
		facility: place.facility.id,
		formulas: placeFormulas(
			told,
			standing,
			{
				useFactor: factorOfUse(
					asked.item,
					told.drivers,
					asked.stratum,
					asked.reuse,
				),
				horizonDays: asked.horizon,
			},
			place.facility.kind === "warehouse"
				? { kind: "none" }
				: modelledBy(db, asked.item, told),
		).map(written),
		spans: reported.spans.map(({ from, to, used, days, excluded }) => ({
			from,
			to,
			used,
			days,
			excluded: excluded ?? null,
		})),
		sources: ((countDay !== null && told.sources.get(countDay)) || []).flatMap(
			(source) => names.get(source) ?? [],
		),
	};
}

function modelledBy(
	db: Database.Database,
	item: StockColumn,
	{ drivers }: PlaceStock,
): ModelledBy {
	if (item === "stock_reagent")
		return {
			kind: "tests",
			tests: drivers.tests,
			wastage: catalogues().defaults.laboratory.manualKitWastage,
		};
	if (item === "stock_vtm")
		return { kind: "specimens", specimens: drivers.specimens };
	const { severe, critical } = drivers;
	return {
		kind: "patients",
		severe,
		critical,
		...modelledPerPatient(db, item),
	};
}

function written({ inputs, result, ...formula }: Formula) {
	return {
		...formula,
		inputs: inputs.map(({ name, value, day }) => ({
			name,
			value: Number.isFinite(value) ? value : null,
			day: day ?? null,
		})),
		result: Number.isFinite(result) ? result : null,
	};
}
