import type { AreaCode } from "../../core/areas/codes.ts";
import { NATION } from "../../core/areas/codes.ts";
import type { AreaTree } from "../../core/areas/tree.ts";
import { found } from "../../core/series/found.ts";
import type { ExerciseKelurahan } from "./kelurahan.ts";

/** A kabupaten/kota of the simulated country. The places are the real ones; only what happens in them is invented. */
export interface ExerciseRegency {
	code: AreaCode;
	name: string;
	province: AreaCode;
	lat: number;
	lng: number;
	population: number;
	/** Codes of its kecamatan; a country without any sends no tables of them. */
	kecamatan?: readonly AreaCode[];
}

export interface ExerciseProvince {
	code: AreaCode;
	name: string;
	/** Indexes into the regencies of the country. */
	regencies: readonly number[];
	/** Of its most populous kota: where its airport and its first laboratory are taken to be. */
	hub: number;
}

export interface ExerciseCountry {
	regencies: readonly ExerciseRegency[];
	provinces: readonly ExerciseProvince[];
	/** Index of the province of each regency. */
	provinceOf: Int32Array;
	/** 0 (rural) to 1 (city): how closely people live, by the kind of area, its size and its distance from the capital. */
	urban: Float64Array;
	/** Kilometres from the capital. */
	fromCapital: Float64Array;
	/** By kecamatan, where kelurahan are reported: in Jakarta. */
	kelurahan: ReadonlyMap<AreaCode, readonly ExerciseKelurahan[]>;
}

const CAPITAL_PROVINCE = "31";
const CAPITAL = { lat: -6.2, lng: 106.83 };
/** The capital's commuter belt (Bogor, Depok, Tangerang, Bekasi) lies within this distance, kilometres. */
const COMMUTER_BELT = 55;

/**
 * The country from the areas of the administrative order of 2020.
 * @param population people of a kabupaten/kota.
 * @throws when an area has no population: a country with an empty district would never report a case there.
 */
export function countryFrom(
	tree: AreaTree,
	population: (code: AreaCode) => number | undefined,
	kelurahan: ExerciseCountry["kelurahan"] = new Map(),
): ExerciseCountry {
	const provinces = tree
		.children(NATION)
		.map(({ code, name }) => ({ code, name }));
	const regencies = provinces.flatMap((province) =>
		tree.children(province.code).map((area): ExerciseRegency => {
			const people = population(area.code);
			if (people === undefined || !(people > 0))
				throw new Error(
					`area ${area.code} ${area.name}: found population ${people}, expected a count above 0`,
				);
			return {
				code: area.code,
				name: area.name,
				province: province.code,
				lat: area.lat,
				lng: area.lng,
				population: Math.round(people),
				kecamatan: tree.children(area.code).map(({ code }) => code),
			};
		}),
	);
	return countryOf(provinces, regencies, kelurahan);
}

/** The country from its provinces and regencies, each in the order in which its files will name them. */
export function countryOf(
	provinces: readonly { code: AreaCode; name: string }[],
	regencies: readonly ExerciseRegency[],
	kelurahan: ExerciseCountry["kelurahan"] = new Map(),
): ExerciseCountry {
	const provinceOf = new Int32Array(regencies.length);
	const urban = new Float64Array(regencies.length);
	const fromCapital = new Float64Array(regencies.length);
	const members = new Map<AreaCode, number[]>(
		provinces.map(({ code }) => [code, []]),
	);
	regencies.forEach((regency, index) => {
		const list = members.get(regency.province);
		if (!list)
			throw new Error(
				`area ${regency.code}: found province ${regency.province}, expected one of the country's`,
			);
		list.push(index);
		provinceOf[index] = provinces.findIndex(
			({ code }) => code === regency.province,
		);
		fromCapital[index] = kilometres(regency, CAPITAL);
		urban[index] = urbanity(regency, fromCapital[index]);
	});
	return {
		regencies,
		provinceOf,
		urban,
		fromCapital,
		kelurahan,
		provinces: provinces.map(({ code, name }) => {
			const list = found(members.get(code), `province ${code}`);
			return { code, name, regencies: list, hub: hubOf(list, regencies) };
		}),
	};
}

/** Great-circle distance of two places in kilometres. */
export function kilometres(
	a: { lat: number; lng: number },
	b: { lat: number; lng: number },
): number {
	const radian = Math.PI / 180;
	const sinLat = Math.sin(((b.lat - a.lat) * radian) / 2);
	const sinLng = Math.sin(((b.lng - a.lng) * radian) / 2);
	const h =
		sinLat * sinLat +
		Math.cos(a.lat * radian) * Math.cos(b.lat * radian) * sinLng * sinLng;
	return 12_742 * Math.asin(Math.sqrt(Math.min(1, h)));
}

function isCity(regency: ExerciseRegency): boolean {
	return /^kota\b/i.test(regency.name);
}

function urbanity(regency: ExerciseRegency, fromCapital: number): number {
	if (regency.province === CAPITAL_PROVINCE) return 1;
	if (isCity(regency)) return 0.8 + Math.min(regency.population / 1e7, 0.2);
	if (fromCapital < COMMUTER_BELT) return 0.8;
	return 0.2 + Math.min(regency.population / 5e6, 0.4);
}

function hubOf(
	list: readonly number[],
	regencies: readonly ExerciseRegency[],
): number {
	const weight = (index: number): number =>
		regencies[index].population * (isCity(regencies[index]) ? 10 : 1);
	return list.reduce(
		(best, index) => (weight(index) > weight(best) ? index : best),
		list[0],
	);
}
