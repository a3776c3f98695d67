/** The three zones of Indonesia. */
export const TIME_ZONES = {
	WIB: "Asia/Jakarta",
	WITA: "Asia/Makassar",
	WIT: "Asia/Jayapura",
} as const;

export type TimeZoneName = keyof typeof TIME_ZONES;

/** Provinces (Kemendagri codes) that do not keep WIB: Keppres 41/1987. */
const WITA = new Set("51 52 53 63 64 65 71 72 73 74 75 76".split(" "));
const WIT = new Set("81 82 91 92 93 94 95 96".split(" "));

/** The zone that clocks show in an area; the nation counts in WIB, where the task force sits. */
export function timeZoneOf(areaCode: string): TimeZoneName {
	const province = areaCode.slice(0, 2);
	if (WITA.has(province)) return "WITA";
	return WIT.has(province) ? "WIT" : "WIB";
}
