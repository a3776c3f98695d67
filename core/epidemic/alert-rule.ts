/**
 * Rules of alerts as data: what is watched, from where on, and who says so. Each version applies from a day on; what was raised before stays
 * raised by the version of its day.
 */
import { z } from "zod";
import type { Day } from "../series/day.ts";

/**
 * What is watched of an area, each a figure of the day as it was known on that day (`AlertFigures`):
 * - `growth`: new confirmed cases a day over seven days against those of the seven days before (times); a week without any counts as one case
 * - `rt`: lower end of the 95 % interval of R over seven days
 * - `jump`: new confirmed cases of one day against the highest day of the fourteen before (times)
 * - `silence`: days without a report since the last one, on which one was expected
 * - `occupancy`: beds occupied against beds, of hospitals that tell both (share)
 * - `positivity`: specimens positive against specimens examined over seven days, of laboratories that tell both of the same day (share)
 */
export const ALERT_KINDS = [
	"growth",
	"rt",
	"jump",
	"silence",
	"occupancy",
	"positivity",
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/** Kinds whose alerts are held against waves: the others do not foretell one. */
export const FORETELLING: readonly AlertKind[] = [
	"growth",
	"rt",
	"occupancy",
	"positivity",
];

/** The kinds whose figure is a share. */
export const SHARES: readonly AlertKind[] = ["occupancy", "positivity"];

export const ALERT_LEVELS = ["province", "regency"] as const;
export type AlertLevel = (typeof ALERT_LEVELS)[number];

const Words = z.strictObject({
	id: z.string().trim().min(3).max(80),
	en: z.string().trim().min(3).max(80),
});

export const AlertRuleBody = z.strictObject({
	kind: z.enum(ALERT_KINDS),
	name: Words,
	level: z.enum(ALERT_LEVELS),
	/** Fires above this. */
	threshold: z.number().min(0).max(1000),
	/** What the figure must rest on at least: cases of the seven days (of a jump of the day), beds, specimens; of silence nothing. */
	minimum: z.number().min(0).max(1_000_000),
	/** Days in a row, each with a figure, on which it holds before it fires. */
	sustainedDays: z.int().min(1).max(28),
	/** Days after an alert in which the same area raises no other by this rule. */
	quietDays: z.int().min(0).max(90),
	enabled: z.boolean(),
	/** Who says that this is where to look; "assumed": nobody published it. */
	source: z.strictObject({
		title: z.strictObject({
			id: z.string().trim().min(3).max(300),
			en: z.string().trim().min(3).max(300),
		}),
		status: z.enum(["published", "told", "assumed"]),
	}),
});
export type AlertRuleBody = z.infer<typeof AlertRuleBody>;

export const AlertRuleKey = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, {
	error: "the key of a rule, such as growth",
});

/** A version of a rule. */
export interface AlertRuleVersion {
	readonly rule: string;
	/** From 1 on. */
	readonly version: number;
	/** The first day of which it decides; null: of all, as the product is shipped. */
	readonly from: Day | null;
	readonly body: AlertRuleBody;
}

/** The rules that the product brings. */
export const SHIPPED_RULES: readonly { rule: string; body: AlertRuleBody }[] = [
	{
		rule: "growth",
		body: {
			...{ kind: "growth", level: "regency", enabled: true },
			name: { id: "Kasus tumbuh cepat", en: "Cases grow fast" },
			...{ threshold: 1.5, minimum: 20, sustainedDays: 3, quietDays: 14 },
			source: {
				title: {
					id: "1,5 kali seminggu berarti berlipat dua dalam 12 hari; tidak ada ambang yang diterbitkan",
					en: "Times 1.5 a week is doubling within 12 days; no published threshold",
				},
				status: "assumed",
			},
		},
	},
	{
		rule: "rt",
		body: {
			...{ kind: "rt", level: "regency", enabled: true },
			name: { id: "Rt di atas 1", en: "Rt above 1" },
			...{ threshold: 1, minimum: 50, sustainedDays: 3, quietDays: 14 },
			source: {
				title: {
					id: "Cori dkk. 2013, Am J Epidemiol 178:1505-1512: R di atas 1 bila batas bawah selangnya di atas 1; hari berturut-turut dan kasus paling sedikit adalah anggapan",
					en: "Cori et al. 2013, Am J Epidemiol 178:1505-1512: R above 1 where the lower end of its interval is; days in a row and fewest cases are assumed",
				},
				status: "published",
			},
		},
	},
	{
		rule: "jump",
		body: {
			...{ kind: "jump", level: "regency", enabled: true },
			name: { id: "Lonjakan satu hari", en: "Jump of one day" },
			...{ threshold: 3, minimum: 30, sustainedDays: 1, quietDays: 7 },
			source: {
				title: {
					id: "Gelombang yang berlipat dua dalam 3 hari tumbuh 1,26 kali sehari, jadi tiga kali hari tertinggi dalam dua minggu lebih mungkin laporan yang disetor sekaligus; tidak ada ambang yang diterbitkan",
					en: "A wave that doubles in 3 days grows 1.26 times a day, so that three times the highest day of two weeks is more likely reports handed in together; no published threshold",
				},
				status: "assumed",
			},
		},
	},
	{
		rule: "silence",
		body: {
			...{ kind: "silence", level: "regency", enabled: true },
			name: { id: "Daerah tidak melapor", en: "Area does not report" },
			...{ threshold: 2, minimum: 0, sustainedDays: 1, quietDays: 7 },
			source: {
				title: {
					id: "Sumber yang melapor tiap hari dihubungi pada hari ketiga; tidak ada ambang yang diterbitkan",
					en: "A source that reports daily is called on the third day; no published threshold",
				},
				status: "assumed",
			},
		},
	},
	{
		rule: "occupancy",
		body: {
			...{ kind: "occupancy", level: "province", enabled: true },
			name: { id: "BOR di atas 80 %", en: "Bed occupancy above 80 %" },
			...{ threshold: 0.8, minimum: 50, sustainedDays: 2, quietDays: 14 },
			source: {
				title: {
					id: "KMK HK.01.07/MENKES/4805/2021: kapasitas respons terbatas di atas 80 %",
					en: "KMK HK.01.07/MENKES/4805/2021: response capacity limited above 80 %",
				},
				status: "published",
			},
		},
	},
	{
		rule: "positivity",
		body: {
			...{ kind: "positivity", level: "province", enabled: true },
			name: { id: "Positivitas di atas 15 %", en: "Positivity above 15 %" },
			...{ threshold: 0.15, minimum: 100, sustainedDays: 3, quietDays: 14 },
			source: {
				title: {
					id: "KMK HK.01.07/MENKES/4805/2021: kapasitas respons terbatas di atas 15 %; di sana orang, di sini spesimen",
					en: "KMK HK.01.07/MENKES/4805/2021: response capacity limited above 15 %; there of people, here of specimens",
				},
				status: "published",
			},
		},
	},
];
