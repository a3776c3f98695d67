import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Geography } from "../query/geography.ts";
import type { ReaderPool } from "../query/reader-pool.ts";
import { Refusal, unlessEmpty } from "../query/refusal.ts";
import { builtInGeography } from "./built-in-geography.ts";

const pack = promisify(gzip);
/** Packed maps that are kept: the one of kabupaten/kota and, of kecamatan, one for each province. */
const KEPT = 40;

/** The boundaries the map shows: those imported at the hub, else the built-in ones. */
export interface Boundaries {
	/** @throws Refusal 404 when there are none at all */
	current(): Promise<Geography>;
	/** The kecamatan of a province. @throws Refusal 404 when none were imported */
	ofProvince(province: number): Promise<Geography>;
	/** The land around the country; null when its file is not beside that of the built-in boundaries. */
	land(): Promise<Geography | null>;
	/** The TopoJSON of a geography as gzip, packed once. */
	packed(geography: Geography): Promise<Uint8Array<ArrayBuffer>>;
}

export function createBoundaries(
	readers: ReaderPool,
	builtIn: string | null,
): Boundaries {
	let imported: { at: string; geography: Geography | null } | null = null;
	const packed = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

	/** Megabytes of text: read again only when the replica moved on. */
	async function fromHub(): Promise<Geography | null> {
		const position = await unlessEmpty(readers.ask("position", undefined));
		if (!position) return null;
		const at = `${position.answer.stamp} ${position.seq}`;
		if (imported?.at === at) return imported.geography;
		const { answer } = await readers.ask("geography", undefined);
		imported = { at, geography: answer };
		return answer;
	}

	return {
		async current() {
			const geography = (await fromHub()) ?? (await builtInGeography(builtIn));
			if (!geography)
				throw new Refusal(
					404,
					"no-geography",
					"No boundaries: none imported at the hub and none built in.",
				);
			return geography;
		},
		async ofProvince(province) {
			const { answer } = await readers.ask("provinceGeography", province);
			if (!answer)
				throw new Refusal(
					404,
					"no-geography",
					`No boundaries of kecamatan in ${province}: none imported at the hub.`,
				);
			return answer;
		},
		land: () =>
			builtInGeography(
				builtIn && join(dirname(builtIn), "neighbours.topojson"),
			),
		packed({ info, topojson }) {
			const known = packed.get(info.version);
			if (known) return known;
			const made = pack(topojson).then((bytes) => new Uint8Array(bytes));
			// Of an import before, perhaps: what is asked for again is packed again.
			if (packed.size >= KEPT) packed.clear();
			packed.set(info.version, made);
			return made;
		},
	};
}
