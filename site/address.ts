import type { Measure } from "./figures.ts";

/** What is looked at: it stands in the address, so that a link shows the same to whoever opens it. */
export interface Looked {
	indicator: string;
	measure: Measure;
	/** Code of an area; none: the whole. */
	area: string;
	level: string;
	/** ISO date; none: the newest. */
	day: string;
}

const KEYS = {
	indicator: "indikator",
	measure: "ukuran",
	area: "wilayah",
	level: "tingkat",
	day: "tanggal",
} as const;

export function readAddress(hash: string): Looked {
	const given = new URLSearchParams(hash.replace(/^#/, ""));
	const of = (key: keyof Looked) => given.get(KEYS[key]) ?? "";
	return {
		...{ indicator: of("indicator"), area: of("area") },
		...{ level: of("level"), day: of("day") },
		measure: of("measure") === "baru" ? "new" : "total",
	};
}

export function writeAddress(looked: Looked): string {
	const given = new URLSearchParams();
	for (const [key, name] of Object.entries(KEYS)) {
		const value = looked[key as keyof Looked];
		if (key === "measure" ? value === "new" : value !== "")
			given.set(name, key === "measure" ? "baru" : value);
	}
	return `#${given}`;
}
