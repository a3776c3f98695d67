import type { Person } from "../../../core/access/person.ts";
import { liesIn, type Scope } from "../../../core/access/scope.ts";
import type { AreaRow } from "../../../core/api/areas.ts";
import {
	type ApartLevel,
	type AreaCode,
	isApart,
	NATION,
} from "../../../core/areas/codes.ts";
import { noArea } from "../query/known-area.ts";
import type { ReaderPool } from "../query/reader-pool.ts";
import { Refusal } from "../query/refusal.ts";

/** What a person of a part of the country is given of an answer about the whole. */
export interface Narrowing {
	/** @throws Refusal 403 when one of the areas lies outside, 404 when there is none of this id */
	admit(areas: readonly number[]): Promise<void>;
	areas(rows: readonly AreaRow[]): AreaRow[];
	/** Those of the rows whose area lies inside. */
	inside<Row extends { area: number }>(rows: readonly Row[]): Promise<Row[]>;
	/** Rows of a cube, in the order of the areas of its level, laid out as core/api/figures CubeHeader says. */
	cube(header: CubeShape, body: ArrayBuffer): Promise<[CubeShape, ArrayBuffer]>;
	/** Rows of a cube of these facilities, laid out as core/api/facilities FacilityCubeHeader says, and how many they are. */
	facilities(
		all: readonly { area: number }[],
		shape: { days: number },
		body: ArrayBuffer,
	): Promise<[number, ArrayBuffer]>;
	/** Sources that speak of some area inside, in a file that is not withdrawn, and whether of nothing else; null: all do. */
	speaking(): Promise<ReadonlyMap<string, "wholly" | "partly"> | null>;
	/** Ids of sources that never spoke of anything but areas inside, not in a withdrawn file either: its quarantine still shows; null: all. */
	own(): Promise<number[] | null>;
}

type CubeShape = { level: AreaRow["level"]; areas: number; days: number };

/** Of a value and of the marks, and in a cube of facilities of a value and of an age. */
const BYTES_OF_CELL = [8, 2];
const BYTES_OF_FACILITY_CELL = [4, 1];

export function narrowing(readers: ReaderPool, person: Person): Narrowing {
	const { scope } = person;
	const inside = (row: { code: string }) => liesIn(row.code as AreaCode, scope);
	const rows = async (): Promise<AreaRow[]> =>
		(await readers.ask("areas", undefined)).answer;
	const at = async (level: ApartLevel): Promise<AreaRow[]> =>
		(
			await readers.ask(
				level === "district" ? "districts" : "villages",
				undefined,
			)
		).answer;
	const apart = async (): Promise<AreaRow[]> => [
		...(await at("district")),
		...(await at("village")),
	];
	const spoken = async () =>
		(await readers.ask("sourceAreas", undefined)).answer;
	const insideIds = async (): Promise<Set<number>> =>
		new Set(
			[...(await rows()), ...(await apart())]
				.filter(inside)
				.map(({ id }) => id),
		);

	return {
		async admit(asked) {
			if (scope === NATION) return;
			const upper = await rows();
			for (const area of asked) {
				const isIt = ({ id }: AreaRow) => id === area;
				const found = upper.find(isIt) ?? (await apart()).find(isIt);
				if (!found) throw noArea(area);
				if (!inside(found)) throw outside(found.code, scope);
			}
		},
		areas: (all) => (scope === NATION ? [...all] : all.filter(inside)),
		async inside(all) {
			if (scope === NATION) return [...all];
			const ids = await insideIds();
			return all.filter(({ area }) => ids.has(area));
		},
		async cube(header, body) {
			if (scope === NATION) return [header, body];
			const level = isApart(header.level)
				? await at(header.level)
				: (await rows()).filter((row) => row.level === header.level);
			const kept = level.flatMap((row, i) => (inside(row) ? [i] : []));
			return [
				{ ...header, areas: kept.length },
				rowsOf(body, level.length, header.days, BYTES_OF_CELL, kept),
			];
		},
		async facilities(all, { days }, body) {
			if (scope === NATION) return [all.length, body];
			const ids = await insideIds();
			const kept = all.flatMap(({ area }, i) => (ids.has(area) ? [i] : []));
			return [
				kept.length,
				rowsOf(body, all.length, days, BYTES_OF_FACILITY_CELL, kept),
			];
		},
		async speaking() {
			if (scope === NATION) return null;
			const ids = await insideIds();
			return new Map(
				(await spoken())
					.filter(({ known }) => known.some((area) => ids.has(area)))
					.map(({ key, known }) => [
						key,
						known.every((area) => ids.has(area)) ? "wholly" : "partly",
					]),
			);
		},
		async own() {
			if (scope === NATION) return null;
			const ids = await insideIds();
			return (await spoken())
				.filter(({ areas }) => areas.every((area) => ids.has(area)))
				.map(({ source }) => source);
		},
	};
}

function outside(code: string, scope: Scope): Refusal {
	return new Refusal(
		403,
		"not-allowed",
		`area: found ${code}, expected an area of ${scope}`,
	);
}

/** Some rows of arrays that lie one after another, each of `rows` rows of `days` cells of so many bytes. */
function rowsOf(
	body: ArrayBuffer,
	rows: number,
	days: number,
	bytesOfCell: readonly number[],
	kept: readonly number[],
): ArrayBuffer {
	let start = 0;
	return joined(
		bytesOfCell.flatMap((bytes) => {
			const from = start;
			start += rows * days * bytes;
			return kept.map(
				(row) => new Uint8Array(body, from + row * days * bytes, days * bytes),
			);
		}),
	);
}

function joined(parts: readonly Uint8Array[]): ArrayBuffer {
	const length = parts.reduce((sum, part) => sum + part.length, 0);
	const whole = new Uint8Array(length);
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole.buffer;
}
