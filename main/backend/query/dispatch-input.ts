import type Database from "better-sqlite3";
import { provinceOf } from "../../../core/access/dispatch.ts";
import type { FacilityRow } from "../../../core/api/facilities.ts";
import { type AreaCode, NATION } from "../../../core/areas/codes.ts";
import { greatCircle } from "../../../core/areas/great-circle.ts";
import type { Zone } from "../../../core/epidemic/zone-transition.ts";
import type { DispatchItem } from "../../../core/logistics/dispatch-plan.ts";
import type { RiskZone } from "../../../core/logistics/distribution-demand.ts";
import { lackingIn, roundEnds } from "../../../core/logistics/rounds.ts";
import {
	OXYGEN,
	STOCK_COLUMNS,
	WATCHED_ITEMS,
	watchedAs,
} from "../../../core/logistics/watched-item.ts";
import type { Day } from "../../../core/series/day.ts";
import { areas } from "./areas.ts";
import { cataloguesNow } from "./catalogue.ts";
import { promised } from "./orders.ts";
import { position } from "./position.ts";
import { stockPositions } from "./stock-positions.ts";
import { zonesOn } from "./zones.ts";

/** An end of a shipment. */
export interface DispatchEnd {
	/** Number of the facility. */
	facility: number;
	code: string;
	name: string;
	area: number;
	lat: number | null;
	lng: number | null;
	/** Id of the province in which it lies; null: it is the nation's. */
	province: number | null;
	/** Code of the province in which it stands: of the nation's that of the seat nearest to it. */
	provinceCode: string;
}

/** By item: null: it did not report. */
export interface DispatchWarehouse extends DispatchEnd {
	stock: (number | null)[];
	/** Units that orders have promised. */
	promised: number[];
	/** stock - promised. */
	free: (number | null)[];
	/** On their way here, to arrive before the end of the horizon. */
	incoming: number[];
	/** By item and round, where there are several: what arrives in it, and what of the stock is of no use after it, as far as lots are told. */
	rounds?: { arrives: number[]; expires: number[] }[];
}

/** What a place needs of an item; of a province summed over its facilities. Units, units a day. */
export interface PlaceNeed {
	/** Beyond what it has and what is on its way, to the end of the horizon. */
	units: number;
	use: number;
	left: number;
	/** Where there are several rounds, what it lacks in each of them if nothing is sent; added up `units`. */
	rounds?: number[];
}

export interface DispatchPlaceInput extends DispatchEnd {
	/** Its kabupaten's people over its hospitals; null: not known. */
	population: number | null;
	/** The official zone of its kabupaten/kota; null: none is known. */
	zone: RiskZone | null;
	/** Whether it keeps the item at all. */
	keeps: boolean[];
	/** Null: nothing is known of its need. */
	needs: (PlaceNeed | null)[];
}

export interface DispatchInput {
	/** Names the publication that it was read at. */
	read: string;
	/** In the order of every list by item. */
	items: (DispatchItem & {
		name: { id: string; en: string };
		unit: string;
		packAssumed: boolean;
	})[];
	warehouses: DispatchWarehouse[];
	places: DispatchPlaceInput[];
	provinces: { area: number; code: string; population: number | null }[];
}

/** Stocks of the warehouses and net needs of everybody on a day, for a plan that shall last until the end of a horizon. */
export function dispatchInput(
	db: Database.Database,
	{ day, cover, periods = 1 }: { day: Day; cover: number; periods?: number },
): DispatchInput {
	const ends = roundEnds(cover, periods);
	const all = areas(db);
	const byId = new Map(all.map((area) => [area.id, area]));
	const provinces = all.filter(({ level }) => level === "province");
	const idOf = new Map(provinces.map(({ code, id }) => [code as string, id]));
	const end = (row: FacilityRow): DispatchEnd => {
		const own = provinceOf((byId.get(row.area)?.code ?? NATION) as AreaCode);
		return {
			facility: row.id,
			code: row.code,
			name: row.name,
			area: row.area,
			lat: row.lat,
			lng: row.lng,
			province: own === null ? null : (idOf.get(own) ?? null),
			provinceCode: own ?? nearest(row, provinces) ?? CAPITAL,
		};
	};
	const until = (horizon: number) =>
		stockPositions(db, {
			day,
			asKnownOn: null,
			horizon,
			stratum: "conventional",
			reuse: 1,
			use: "reported",
		});
	const positions = until(cover);
	const byRound = periods > 1 ? ends.map(until) : [];
	const placeOf = new Map(
		positions.map(({ facility }, at) => [facility.id, at]),
	);
	const hospitals = new Map<number, number>();
	for (const { facility } of positions)
		if (facility.kind === "hospital")
			hospitals.set(facility.area, (hospitals.get(facility.area) ?? 0) + 1);
	const standingOf = new Map(
		positions.map(({ facility, standings }) => [facility.id, standings]),
	);
	const given = new Map<string, number>();
	for (const { facility, item, waiting, left } of promised(
		db,
		day,
		(facility, item) =>
			standingOf.get(facility)?.[columnOf(item)]?.countDay ?? undefined,
	)) {
		const key = `${facility} ${columnOf(item)}`;
		given.set(key, (given.get(key) ?? 0) + waiting + left);
	}
	const zones = zonesOn(db, { day, asKnownOn: null });
	const { stamp, seq } = position(db);
	return {
		read: `${stamp} ${seq}`,
		items: itemsWatched(db),
		warehouses: positions
			.filter(({ facility }) => facility.kind === "warehouse")
			.map(({ facility, standings, told }): DispatchWarehouse => {
				const stock = standings.map((one) => known(one?.onHand));
				const promised = stock.map(
					(_, item) => given.get(`${facility.id} ${item}`) ?? 0,
				);
				return {
					...end(facility),
					stock,
					promised,
					free: stock.map((one, item) =>
						one === null ? null : Math.max(0, one - (promised[item] ?? 0)),
					),
					incoming: told.map((one) =>
						(one?.incoming ?? []).reduce(
							(sum, { arrives, units }) =>
								arrives <= day + cover ? sum + units : sum,
							0,
						),
					),
					...(periods > 1 && {
						rounds: told.map((one, item) => ({
							arrives: within(
								ends.map((end) => day + end),
								(one?.incoming ?? []).map(({ arrives, units }) => ({
									day: arrives,
									units,
								})),
							),
							expires: within(
								ends.map((end) => day + end),
								(standings[item]?.lots ?? []).flatMap(({ expires, units }) =>
									expires === undefined ? [] : [{ day: expires, units }],
								),
							),
						})),
					}),
				};
			}),
		places: positions
			.filter(({ facility }) => facility.kind !== "warehouse")
			.map(({ facility, standings }): DispatchPlaceInput => {
				const rounds = byRound.map(
					(all) => all[placeOf.get(facility.id) ?? -1]?.standings,
				);
				const people = byId.get(facility.area)?.population ?? null;
				const among = hospitals.get(facility.area) ?? 0;
				return {
					...end(facility),
					population:
						facility.kind === "hospital" && people !== null && among > 0
							? people / among
							: null,
					zone: COLOURS[zones.get(facility.area) as Zone] ?? null,
					keeps: standings.map((one) => one !== null),
					needs: standings.map((one, item): PlaceNeed | null => {
						const [need, left] = [known(one?.netNeed), known(one?.left)];
						if (need === null || left === null || !one?.use) return null;
						const { perDay: use } = one.use;
						if (periods === 1) return { units: need, use, left };
						const lacks = lackingIn(
							rounds.map((all) => known(all?.[item]?.netNeed) ?? 0),
						);
						const units = lacks.reduce((sum, round) => sum + round, 0);
						return { units, use, left, rounds: lacks };
					}),
				};
			}),
		provinces: provinces.map(({ id, code, population }) => ({
			area: id,
			code,
			population,
		})),
	};
}

/** What falls on the days up to each of some ends, from the end before it on. */
function within(
	ends: readonly Day[],
	dated: readonly { day: Day; units: number }[],
): number[] {
	return ends.map((end, at) =>
		dated.reduce(
			(sum, { day, units }) =>
				day <= end && day > (ends[at - 1] ?? Number.NEGATIVE_INFINITY)
					? sum + units
					: sum,
			0,
		),
	);
}

/** The colours that the task force gives its zones. */
const COLOURS: Readonly<Record<Zone, RiskZone>> = {
	tinggi: "red",
	sedang: "orange",
	rendah: "yellow",
	"tidak-ada-kasus": "green",
	"tidak-terdampak": "green",
};

/** Place of the column in which an item lies on the shelf; -1: none. */
function columnOf(item: string): number {
	const watched = watchedAs(item);
	return watched ? STOCK_COLUMNS.indexOf(watched.column) : -1;
}

/** Where the nation's warehouses stand when they have no position. */
const CAPITAL = "31";

function nearest(
	{ lat, lng }: FacilityRow,
	provinces: readonly {
		code: string;
		lat: number | null;
		lng: number | null;
	}[],
): string | undefined {
	if (lat === null || lng === null) return undefined;
	let best: { code: string; km: number } | undefined;
	for (const province of provinces) {
		if (province.lat === null || province.lng === null) continue;
		const km = greatCircle(
			{ lat, lng },
			{ lat: province.lat, lng: province.lng },
		);
		if (!best || km < best.km) best = { code: province.code, km };
	}
	return best?.code;
}

function known(value: number | undefined): number | null {
	return value === undefined || Number.isNaN(value) ? null : value;
}

/** The watched supplies in the order of STOCK_COLUMNS, with what the catalogue says of their packs. */
function itemsWatched(db: Database.Database): DispatchInput["items"] {
	const { supplies } = cataloguesNow(db);
	return STOCK_COLUMNS.map((column) => {
		const watched = WATCHED_ITEMS.find((one) => one.column === column);
		const item = watched?.item ?? column;
		const about = supplies.items.find(({ id }) => id === item);
		return {
			id: item,
			name: about?.name ?? OXYGEN_NAME,
			unit: about?.unit ?? (item === OXYGEN ? "m3" : ""),
			pack: about?.pack?.size ?? null,
			packAssumed:
				about?.pack !== undefined &&
				supplies.sources[about.pack.source]?.status === "assumption",
			volumeM3: about?.volumeM3 ?? null,
		};
	});
}

const OXYGEN_NAME = { id: "Oksigen", en: "Oxygen" };
