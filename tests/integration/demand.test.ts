import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DemandOf } from "../../core/api/demand.ts";
import { ShortageOf } from "../../core/api/logistics.ts";
import { NeedsOf } from "../../core/api/needs.ts";
import { PlanOf } from "../../core/api/plan.ts";
import { hospitalDemandOf } from "../../core/epidemic/hospital-demand.ts";
import { projectRenewal } from "../../core/epidemic/renewal-projection.ts";
import { NISHIURA_UNCERTAINTY } from "../../core/epidemic/uncertain-serial-interval.ts";
import {
	type CensusChoiceForm,
	CHIME_DEFAULTS,
	HOSPITAL_DEFAULTS,
} from "../../core/logistics/census-choice.ts";
import { changedItem, itemsOf } from "../../core/logistics/item.ts";
import { SEVERITIES } from "../../core/logistics/needs-scenario.ts";
import { ruleId } from "../../core/quality/rule.ts";
import { isoFromDay, monthOf } from "../../core/series/day.ts";
import { MARKS } from "../../core/series/mark.ts";
import { createRandom } from "../../core/statistics/random.ts";
import { catalogues } from "../../main/backend/query/catalogue.ts";
import { newSecret } from "../../main/backend/server/session.ts";
import {
	startWorkstation,
	type Workstation,
} from "../../main/backend/workstation.ts";
import {
	AREA,
	CONFIRMED,
	FIRST,
	type Row,
	type Rows,
	temporaryFolder,
	twoProvinces,
	writeReplica,
} from "./backend-fixture.ts";
import { signedInWindow } from "./signed-in-window.ts";

const DAYS = 120;
const END = FIRST + DAYS - 1;
/** Silent on this day, three before the last: the report after it is of two, and the last week is short of one. */
const SILENT = DAYS - 4;
const home = temporaryFolder();
const data = join(home.folder, "data");
const reported: string[] = [];
let workstation: Workstation;

/** New cases of Bali by day. */
const daily = Array.from({ length: DAYS }, (_, at) =>
	at === 0 ? 0 : Math.round(60 + 30 * Math.sin(at / 25)),
);

/** What each hospital states on the last day. */
const HOSPITALS: { id: number; area: number; stated: Row }[] = [
	{
		id: 1,
		area: AREA.badung,
		stated: {
			patients_mild: 3,
			patients_moderate: 4,
			patients_severe: 2,
			patients_critical: 1,
			isolation_beds: 9,
			icu_beds: 3,
			icu_occupied: 2,
		},
	},
	{
		id: 2,
		area: AREA.badung,
		stated: {
			patients_mild: 1,
			patients_moderate: 2,
			patients_severe: 1,
			patients_critical: 0,
			isolation_beds: 4,
		},
	},
	{ id: 3, area: AREA.badung, stated: { beds: 20 } },
	{ id: 4, area: AREA.tulungagung, stated: { patients_confirmed: 100 } },
	{ id: 5, area: AREA.malang, stated: { patients_confirmed: 640 } },
];

/** Pack and price of respirators as somebody stated them. */
function statedRespirator(): Row {
	const shipped = itemsOf(catalogues()).find(({ id }) => id === "respirator");
	const changed =
		shipped &&
		changedItem(
			shipped,
			{ packSize: 17, priceUsd: 3.25 },
			{
				title: "Surat gudang",
				publisher: "Rina",
				reference: "surat 7",
				status: "press",
			},
		);
	if (!changed || !("item" in changed)) throw new Error("it was not changed");
	return {
		...{ id: "respirator", version: 2, at: 1, person: "rina" },
		...{ reason: "kemasan baru", body: JSON.stringify(changed.item) },
	};
}

function fact(area: number, at: number, value: number | null): Row {
	const day = FIRST + at;
	return {
		indicator: CONFIRMED,
		month: monthOf(day),
		area,
		day,
		value,
		source: 2,
		rule: ruleId(value === null ? "silent" : "only-source"),
		marks: value === null ? MARKS.silent : 0,
		as_of: day,
		reporting: null,
		expected: null,
	};
}

function rows(): Rows {
	const given = twoProvinces();
	let total = 0;
	const population: Record<number, number> = {
		[AREA.bali]: 4_119_405,
		[AREA.tulungagung]: 500_000,
		[AREA.malang]: 10_846_145,
	};
	return {
		...given,
		dataset: (given.dataset ?? []).map((row) =>
			row.key === "last_day" ? { ...row, value: String(END) } : row,
		),
		area: (given.area ?? []).map((row) => ({
			...row,
			population: population[row.id as number] ?? row.population ?? null,
		})),
		fact: [
			...(given.fact ?? []).filter(
				({ area }) => area !== AREA.bali && area !== AREA.tulungagung,
			),
			...daily.map((cases, at): Row => {
				total += cases;
				return fact(AREA.bali, at, at === SILENT ? null : total);
			}),
			...daily.map((_, at) => fact(AREA.tulungagung, at, Math.floor(at / 2))),
		],
		item: [statedRespirator()],
		facility: HOSPITALS.map(({ id, area }) => ({
			id,
			code: `${id}`,
			kind: "hospital",
			name: `RS ${id}`,
			area,
			referral: 0,
			beds: "{}",
		})),
		facility_report: HOSPITALS.map(({ id, stated }) => ({
			month: monthOf(END),
			day: END,
			facility: id,
			as_of: END,
			file: 1,
			...stated,
		})),
	};
}

beforeAll(async () => {
	mkdirSync(join(data, "replica"), { recursive: true });
	mkdirSync(join(home.folder, "screens"));
	writeReplica(join(data, "replica"), rows(), 3);
	workstation = await startWorkstation(
		{
			data,
			hub: null,
			port: 0,
			otherPortIfTaken: false,
			secret: newSecret(),
			screens: join(home.folder, "screens"),
			geography: null,
			parent: null,
		},
		(message) => reported.push(message),
	);
	here = await signedInWindow(workstation, data);
});
afterAll(async () => {
	await here.leave();
	await workstation.close();
	home.remove();
});
let here: Awaited<ReturnType<typeof signedInWindow>>;

const addressOf = (
	area: number,
	census: CensusChoiceForm,
	more: { day?: number; facility?: number; beds?: boolean } = {},
) =>
	`/api/demand?area=${area}&day=${isoFromDay(more.day ?? END)}&census=${encodeURIComponent(JSON.stringify(census))}${
		more.facility ? `&facility=${more.facility}` : ""
	}${more.beds ? "&beds=1" : ""}`;

async function ask(...asked: Parameters<typeof addressOf>) {
	const answer = await here.get(addressOf(...asked));
	expect(answer.status).toBe(200);
	return DemandOf.answer.parse(await answer.json());
}
type Projected = Extract<
	Awaited<ReturnType<typeof ask>>["outcome"],
	{ status: "projected" }
>;
async function projected(...asked: Parameters<typeof addressOf>) {
	const { outcome } = await ask(...asked);
	expect(outcome.status).toBe("projected");
	return outcome as Projected;
}
async function refused(...asked: Parameters<typeof addressOf>) {
	const { outcome } = await ask(...asked);
	expect(outcome.status).toBe("refused");
	return outcome as Exclude<typeof outcome, Projected>;
}

const renewal = { method: "renewal" } as const;
const held = { method: "held" } as const;

describe("patients ahead by CHIME", () => {
	// Penn CHIME 1.1.5 (CodeForPhilly/chime d7417b0), run as it is: 100 patients of 5 % of 500,000, doubling in 6 days, contacts less by 15 %.
	test("are those of the published program for a doubling time that is given", async () => {
		const { chime, census } = await projected(AREA.tulungagung, {
			method: "chime",
			fit: { by: "doubling-time", doublingTime: 6 },
			contactReduction: 0.15,
			mitigation: isoFromDay(END),
			marketShare: 0.05,
			dispositions: {
				hospitalized: { rate: 0.05, lengthOfStay: 7 },
				icu: { rate: 0.02, lengthOfStay: 9 },
				ventilated: { rate: 0.01, lengthOfStay: 10 },
			},
		});
		expect(chime?.daysSinceFirst).toBe(43);
		expect(chime?.basicReproduction).toBeCloseTo(2.7144686763312222, 12);
		expect(chime?.mitigatedReproduction).toBeCloseTo(2.307298374881539, 12);
		expect(chime?.census.hospitalized[0]).toBeCloseTo(96.48970210696243, 9);
		expect(chime?.census.icu[60]).toBeCloseTo(13.268124105812376, 8);
		expect(chime?.census.ventilated[60]).toBeCloseTo(7.6144938308425765, 8);
		expect(chime?.admissions.hospitalized[60]).toBeCloseTo(
			2.8787021675823325,
			8,
		);
		// The hospital tells no severity: those in intensive care are critical, the others severe, of the rest nothing is known.
		expect(census.critical[59]).toBe(chime?.census.icu[60]);
		expect(census.severe[59]).toBeCloseTo(
			24.202056047388623 - 13.268124105812376,
			8,
		);
		expect(new Set(census.mild)).toEqual(new Set([null]));
	});

	test("are those of the published program for the day of the first patient, with the doubling time that was found", async () => {
		const { chime, census } = await projected(AREA.bali, {
			method: "chime",
			fit: { by: "first-hospitalized", day: isoFromDay(END - 21) },
			contactReduction: 0.3,
			mitigation: isoFromDay(END),
			marketShare: 0.15,
		});
		expect(chime?.doublingTime).toBeCloseTo(5.312786339025406, 12);
		expect(chime?.census.hospitalized[60]).toBeCloseTo(722.2468842699818, 7);
		expect(chime?.census.icu[60]).toBeCloseTo(264.83080432610484, 7);
		// One was critical of the 14: grown as the program's patients in intensive care grow.
		expect(census.critical[59]).toBeCloseTo(
			264.83080432610484 / 4.846754910561934,
			7,
		);
	});

	test("are refused with the doubling time of a false minimum and without a curve", async () => {
		expect(
			await refused(AREA.malang, {
				method: "chime",
				fit: { by: "first-hospitalized", day: isoFromDay(END - 61) },
			}),
		).toMatchObject({
			reason: "peak-before-today",
			doublingTime: expect.closeTo(2, 1),
		});
	});

	test("are refused where no population is known, and for a parameter that the model cannot take", async () => {
		const chime = {
			method: "chime",
			fit: { by: "doubling-time", doublingTime: 6 },
		} as const;
		expect(await refused(AREA.badung, chime)).toMatchObject({
			reason: "no-population",
		});
		expect(
			await refused(AREA.bali, { ...chime, recovered: 4_119_406 }),
		).toMatchObject({ reason: "out-of-range" });
	});

	test("are never fewer when cases double faster, until the faster wave has its peak", async () => {
		const few = await projected(AREA.tulungagung, {
			method: "chime",
			fit: { by: "doubling-time", doublingTime: 9 },
		});
		const many = await projected(AREA.tulungagung, {
			method: "chime",
			fit: { by: "doubling-time", doublingTime: 6 },
		});
		for (let day = 0; day < 28; day++)
			expect(many.total[day]).toBeGreaterThanOrEqual(few.total[day] as number);
	});
});

describe("patients ahead by renewal", () => {
	test("grow as the projection of the area's cases does, from the patients that hospitals report", async () => {
		const { basis, outcome } = await ask(AREA.bali, renewal);
		const found = outcome as Projected;
		const cases = [...daily];
		cases[SILENT] = cases[SILENT + 1] = (daily[SILENT] + daily[SILENT + 1]) / 2;
		const model = projectRenewal(
			{
				incidence: cases.slice(1),
				serialInterval: NISHIURA_UNCERTAINTY,
				horizonDays: 84,
				hospital: HOSPITAL_DEFAULTS,
				levels: [0.5, 0.9],
			},
			createRandom(1),
		);
		if (model.status !== "projected") throw new Error(model.reason);
		const now = hospitalDemandOf(HOSPITAL_DEFAULTS)(cases.slice(1));
		expect(found.modelled).toEqual({
			ward: now.wardCensus.at(-1),
			intensive: now.icuCensus.at(-1),
		});
		expect(found.renewal?.wardCensus.median).toEqual([
			...(model.wardCensus?.median ?? []),
		]);
		const ward = model.wardCensus?.median[30] as number;
		const icu = model.icuCensus?.bands[1].high[30] as number;
		expect(found.census.moderate[30]).toBeCloseTo(
			(6 * ward) / (now.wardCensus.at(-1) as number),
			9,
		);
		expect(found.wide?.high.critical[30]).toBeCloseTo(
			icu / (now.icuCensus.at(-1) as number),
			9,
		);
		expect(found.trustedDays).toBe(28);
		for (let day = 0; day < 84; day++)
			for (const severity of SEVERITIES) {
				const [low90, low50, middle, high50, high90] = [
					found.wide?.low,
					found.half?.low,
					found.census,
					found.half?.high,
					found.wide?.high,
				].map((line) => line?.[severity][day] as number) as [
					number,
					number,
					number,
					number,
					number,
				];
				expect(
					low90 <= low50 &&
						low50 <= middle &&
						middle <= high50 &&
						high50 <= high90,
				).toBe(true);
			}
		expect(basis).toMatchObject({
			reported: { mild: 4, moderate: 6, severe: 3, critical: 1 },
			patients: 14,
			telling: 2,
			tellingSeverity: 2,
			hospitals: 3,
			oldest: 0,
			cases: {
				lastDay: END,
				weekDays: 7,
				shortWeeks: 1,
				missing: 0,
				definitionChange: null,
			},
		});
		expect(basis.cases.marks & MARKS.spread).toBeTruthy();
	});

	test("follow R of the doubling time that is asked for", async () => {
		const faster = await projected(AREA.bali, {
			...renewal,
			doublingDays: 9,
		});
		const median = faster.renewal?.cases.median as number[];
		expect(median[40] / median[31]).toBeGreaterThan(1.8);
		expect(median[40] / median[31]).toBeLessThan(2.2);
		const slower = await projected(AREA.bali, {
			...renewal,
			doublingDays: 20,
		});
		for (let day = 0; day < 84; day++)
			expect(faster.total[day]).toBeGreaterThanOrEqual(
				slower.total[day] as number,
			);
	});

	test("are refused with a reason where cases are too few, too old, or nobody tells of patients", async () => {
		expect(await refused(AREA.tulungagung, renewal)).toMatchObject({
			reason: "few-cases",
		});
		expect(await refused(AREA.malang, renewal)).toMatchObject({
			reason: "no-recent-report",
		});
		expect(await refused(AREA.lamongan, renewal)).toMatchObject({
			reason: "census-not-reported",
		});
	});

	test("are computed once for a publication", async () => {
		const address = addressOf(AREA.bali, renewal);
		const before = await (await here.get(address)).text();
		const told = here.told.length;
		expect(await (await here.get(address)).text()).toBe(before);
		expect(here.told).toHaveLength(told);
	});

	test("end when the request is closed, after having told how far they are to who asked", async () => {
		const closing = new AbortController();
		const other = await signedInWindow(workstation, data);
		const address = addressOf(AREA.bali, { ...renewal, doublingDays: 77 });
		const asked = other.get(address, closing.signal).catch(() => null);
		await other.heard;
		closing.abort();
		await asked;
		await ask(AREA.bali, held);
		expect(other.told.every((one) => one.address === address)).toBe(true);
		expect(here.told.filter((one) => one.address === address)).toEqual([]);
		expect(reported.filter((message) => message.includes("GET"))).toEqual([]);
		await other.leave();
	});
});

describe("patients ahead of a hospital", () => {
	test("follow the nearest area above it that tells how they grow, and add up to it", async () => {
		const area = await projected(AREA.bali, renewal);
		const hospitals = await Promise.all(
			[1, 2].map((facility) => ask(AREA.bali, renewal, { facility })),
		);
		expect(hospitals.map(({ basis }) => basis.area)).toEqual([
			AREA.bali,
			AREA.bali,
		]);
		const paths = hospitals.map(({ outcome }) => outcome as Projected);
		for (const severity of SEVERITIES)
			expect(
				paths.reduce(
					(sum, { census }) => sum + (census[severity][50] as number),
					0,
				),
			).toBeCloseTo(area.census[severity][50] as number, 9);
	});

	test("are not known where it did not tell of its patients", async () => {
		expect(await refused(AREA.badung, held, { facility: 3 })).toMatchObject({
			reason: "census-not-reported",
		});
	});

	test("are not given for a hospital of another area", async () => {
		const answer = await here.get(
			addressOf(AREA.malang, held, { facility: 1 }),
		);
		expect(answer.status).toBe(404);
	});
});

describe("patients ahead otherwise", () => {
	test("are those of the last report on every day when they are held", async () => {
		const { census, total, peak } = await projected(AREA.bali, held);
		expect(census.severe).toEqual(Array(84).fill(3));
		expect(total[83]).toBe(14);
		expect(peak).toEqual({ day: END + 1, people: 14 });
	});

	test("are what a person gives, in no more beds than are reported, the gravest first", async () => {
		const week = { mild: 9, moderate: 8, severe: 7, critical: 5 };
		const hand: CensusChoiceForm = { method: "hand", weeks: [week] };
		const free = await projected(AREA.bali, hand);
		expect(free.total.slice(0, 8)).toEqual([...Array(7).fill(29), null]);
		expect(free.waiting).toBeNull();
		const capped = await projected(AREA.bali, hand, { beds: true });
		// 9 + 4 beds of isolation; of 3 beds of intensive care another patient has one.
		expect(SEVERITIES.map((one) => capped.census[one][0])).toEqual([
			0, 6, 7, 2,
		]);
		expect(SEVERITIES.map((one) => capped.waiting?.[one][0])).toEqual([
			9, 2, 0, 3,
		]);
	});
});

test("what is said of CHIME in an address is read with the defaults of the published program", async () => {
	const answer = await projected(AREA.tulungagung, {
		method: "chime",
		fit: { by: "doubling-time", doublingTime: 8 },
	});
	const same = await projected(AREA.tulungagung, {
		method: "chime",
		fit: { by: "doubling-time", doublingTime: 8 },
		...CHIME_DEFAULTS,
		mitigation: null,
	});
	expect(same).toEqual(answer);
});

test("needs, stocks and plans are told in the pack and at the price that people stated last", async () => {
	const query = `area=${AREA.nation}&day=${isoFromDay(END)}`;
	const answered = async (path: string) => {
		const answer = await here.get(path);
		expect(answer.status).toBe(200);
		return answer.json();
	};
	const needs = NeedsOf.answer.parse(
		await answered(
			`${NeedsOf.path}?area=${AREA.bali}&day=${isoFromDay(END)}&census=${encodeURIComponent(JSON.stringify(held))}`,
		),
	);
	const respirator =
		needs.outcome.status === "known"
			? needs.outcome.items.find(({ id }) => id === "respirator")
			: undefined;
	expect(respirator).toMatchObject({
		...{ packSize: 17, packAssumed: false, priceUsd: 3.25 },
		packs: Math.ceil((respirator?.total ?? Number.NaN) / 17),
	});
	const stock = ShortageOf.answer.parse(
		await answered(
			`${ShortageOf.path}?${query}&rows=province&horizon=28&stratum=conventional&use=reported`,
		),
	);
	expect(stock.items.find(({ item }) => item === "respirator")?.packSize).toBe(
		17,
	);
	const plan = PlanOf.answer.parse(
		await answered(`${PlanOf.path}?${query}&tier=centre`),
	);
	expect(plan.items.find(({ item }) => item === "respirator")).toMatchObject({
		pack: 17,
		packAssumed: false,
	});
});
