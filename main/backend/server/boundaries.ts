import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Geography } from "../query/geography.ts";
import type { ReaderPool } from "../query/reader-pool.ts";
import { Refusal, unlessEmpty } from "../query/refusal.ts";
import { builtInGeography } from "./built-in-geography.ts";

const pack = promisify(gzip);

/** The boundaries the map shows: those imported at the hub, else the built-in ones. */
export interface Boundaries {
	/** @throws Refusal 404 when there are none at all */
	current(): Promise<Geography>;
	/** The TopoJSON of a geography as gzip, packed once. */
	packed(geography: Geography): Promise<Uint8Array<ArrayBuffer>>;
}

export function createBoundaries(
	readers: ReaderPool,
	builtIn: string | null,
): Boundaries {
	let imported: { at: string; geography: Geography | null } | null = null;
	let packed: { version: string; bytes: Promise<Uint8Array<ArrayBuffer>> };

	/** Megabytes of text: read again only when the replica moved on. */
	async function fromHub(): Promise<Geography | null> {
		const position = await unlessEmpty(readers.ask("position", undefined));
		if (!position) return null;
		const at = `${position.answer.epoch} ${position.seq}`;
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
		packed({ info, topojson }) {
			if (packed?.version !== info.version)
				packed = {
					version: info.version,
					bytes: pack(topojson).then((bytes) => new Uint8Array(bytes)),
				};
			return packed.bytes;
		},
	};
}
