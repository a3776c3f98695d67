import { type AreaCode, NATION } from "../../core/areas/codes.ts";
import type { FacilityKind } from "../../core/facilities/report.ts";
import type { Random } from "../../core/statistics/random.ts";
import type { ExerciseCountry } from "./country.ts";

/** A hospital, laboratory or warehouse of the simulated country, as the register of facilities lists it. */
export interface ExerciseFacility {
	code: string;
	kind: FacilityKind;
	name: string;
	area: AreaCode;
	class: "A" | "B" | "C" | "D" | null;
	referral: boolean;
	lat: number;
	lng: number;
}

export interface Hospital extends ExerciseFacility {
	kind: "hospital";
	/** Index of its area. */
	regency: number;
	beds: number;
	icuBeds: number;
	ventilators: number;
}

export interface Laboratory extends ExerciseFacility {
	kind: "laboratory";
	regency: number;
	/** Specimens it can examine in a day. */
	capacity: number;
}

export interface Warehouse extends ExerciseFacility {
	kind: "warehouse";
	/** Index of its province; null: of the nation. */
	province: number | null;
}

export const HOSPITALS = 2900;
export const LABORATORIES = 300;

/** Specimens that all laboratories together can examine in a day. */
const NATIONAL_CAPACITY = 95_000;

/** Shares of the classes among the hospitals that are not the area's own, and their range of beds. */
const CLASSES = [
	{ class: "A", share: 0.02, beds: [380, 900] },
	{ class: "B", share: 0.14, beds: [160, 380] },
	{ class: "C", share: 0.52, beds: [60, 170] },
	{ class: "D", share: 0.32, beds: [25, 70] },
] as const;

/** Draws the hospitals: one public hospital for each kabupaten/kota, the others by people and city. */
export function drawHospitals(
	country: ExerciseCountry,
	random: Random,
): Hospital[] {
	const { regencies, urban } = country;
	const weights = regencies.map(
		({ population }, area) =>
			population * (0.3 + 1.7 * urban[area]) * Math.exp(random.normal(0, 0.25)),
	);
	const further = apportion(HOSPITALS - regencies.length, weights);
	return regencies.flatMap((regency, area) =>
		Array.from({ length: 1 + further[area] }, (_, rank): Hospital => {
			const own = rank === 0;
			const kind = own
				? CLASSES[
						regency.population > 900_000
							? 1
							: regency.population > 150_000
								? 2
								: 3
					]
				: classFor(random.uniform());
			const [low, high] = kind.beds;
			const beds = Math.round(low * (high / low) ** random.uniform());
			const icuBeds = Math.round(
				beds * random.truncatedNormal(0.055, 0.02, 0, 0.12),
			);
			return {
				code: `RS-${regency.code.replace(".", "")}-${String(rank + 1).padStart(3, "0")}`,
				kind: "hospital",
				name: own
					? `RSUD ${regency.name}`
					: `RS Latihan ${rank} ${shortName(regency.name)}`,
				area: regency.code,
				class: kind.class,
				// The larger public ones are named: about as many as there were in the spring of 2020.
				referral: own && kind.class === "B",
				...near(regency, random),
				regency: area,
				beds,
				icuBeds,
				ventilators: Math.round(icuBeds * (0.3 + 0.5 * random.uniform())),
			};
		}),
	);
}

/** Draws the laboratories: one in the main city of each province, the others by people and city. */
export function drawLaboratories(
	country: ExerciseCountry,
	random: Random,
): Laboratory[] {
	const { regencies, provinces, urban, fromCapital } = country;
	const hubs = new Set(provinces.map(({ hub }) => hub));
	const weights = regencies.map(
		({ population, province }, area) =>
			population *
			urban[area] ** 2 *
			(province === "31" ? 4 : fromCapital[area] < 700 ? 1 : 1.5),
	);
	const further = apportion(LABORATORIES - hubs.size, weights);
	const drawn = regencies.flatMap((regency, area) =>
		Array.from(
			{ length: further[area] + (hubs.has(area) ? 1 : 0) },
			(_, rank) => ({
				regency,
				area,
				rank,
				size:
					(hubs.has(area) && rank === 0 ? 2.5 : 1) *
					Math.exp(random.normal(0, 0.7)),
				...near(regency, random),
			}),
		),
	);
	const total = drawn.reduce((sum, { size }) => sum + size, 0);
	return drawn.map(
		({ regency, area, rank, size, lat, lng }): Laboratory => ({
			code: `LAB-${regency.code.replace(".", "")}-${String(rank + 1).padStart(2, "0")}`,
			kind: "laboratory",
			name:
				hubs.has(area) && rank === 0
					? `Labkesda Latihan ${shortName(regency.name)}`
					: `Lab Latihan ${rank + 1} ${shortName(regency.name)}`,
			area: regency.code,
			class: null,
			referral: false,
			lat,
			lng,
			regency: area,
			capacity: Math.max(
				20,
				Math.round((NATIONAL_CAPACITY * size) / total / 10) * 10,
			),
		}),
	);
}

/** A national warehouse in the capital, and one in the main city of each province. */
export function warehousesOf({
	regencies,
	provinces,
}: ExerciseCountry): Warehouse[] {
	const capital = provinces.find(({ code }) => code === "31") ?? provinces[0];
	const at = ({ hub }: { hub: number }) => ({
		lat: regencies[hub].lat,
		lng: regencies[hub].lng,
	});
	return [
		{
			code: "GUDANG-ID",
			kind: "warehouse",
			name: "Gudang Nasional Latihan",
			area: NATION,
			class: null,
			referral: false,
			...at(capital),
			province: null,
		},
		...provinces.map(
			(province, index): Warehouse => ({
				code: `GUDANG-${province.code}`,
				kind: "warehouse",
				name: `Gudang Latihan ${province.name}`,
				area: province.code,
				class: null,
				referral: false,
				...at(province),
				province: index,
			}),
		),
	];
}

/** Divides a whole number by weights: largest remainders, ties by order. */
export function apportion(total: number, weights: readonly number[]): number[] {
	const sum = weights.reduce((all, weight) => all + weight, 0);
	const exact = weights.map((weight) => (total * weight) / sum);
	const parts = exact.map(Math.floor);
	const left = total - parts.reduce((all, part) => all + part, 0);
	exact
		.map((value, index) => ({ index, rest: value - parts[index] }))
		.sort((a, b) => b.rest - a.rest || a.index - b.index)
		.slice(0, left)
		.forEach(({ index }) => {
			parts[index]++;
		});
	return parts;
}

function classFor(uniform: number): (typeof CLASSES)[number] {
	let passed = 0;
	for (const entry of CLASSES) {
		passed += entry.share;
		if (uniform < passed) return entry;
	}
	return CLASSES[CLASSES.length - 1];
}

function shortName(name: string): string {
	return name.replace(/^(Kabupaten|Kota)( Administrasi)? /, "");
}

/** A place within a few kilometres of the seat, to the fourth decimal. */
function near(
	seat: { lat: number; lng: number },
	random: Random,
): { lat: number; lng: number } {
	const at = (centre: number): number =>
		Math.round((centre + random.truncatedNormal(0, 0.015, -0.04, 0.04)) * 1e4) /
		1e4;
	return { lat: at(seat.lat), lng: at(seat.lng) };
}
