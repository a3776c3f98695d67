import type {
	Laboratories,
	LaboratoryRow,
	SpecimenRoutes,
} from "../../../core/api/laboratories.ts";
import {
	LABORATORY_LIMITS,
	LABORATORY_RATES,
	type LaboratoryLimit,
	type LaboratoryRate,
} from "../../../core/logistics/laboratory.ts";
import { LABORATORY_WINDOW } from "../../../core/logistics/laboratory-standing.ts";
import { boundSign, leastUnlessNone } from "./bound-sign.ts";
import {
	boundOf,
	doubts,
	type LaboratoryWords,
	loadText,
	mostTested,
	written,
} from "./laboratory-words.ts";
import type { OriginOf } from "./origin-drawer.tsx";

/** What each figure of a laboratory is made of, with the numbers filled in (core/logistics/laboratory-standing). */
export function originOfLaboratory(
	row: LaboratoryRow,
	assumed: Laboratories["assumptions"],
	{ t, format, language }: LaboratoryWords & { readonly language: "id" | "en" },
): OriginOf[] {
	const unknown = t("logistics.unknown");
	const count = (value: number | null) =>
		value === null ? unknown : format.number(value);
	/** What goes into a formula: with it the formula comes to the figure that stands above it. */
	const exact = (value: number | null) =>
		value === null ? unknown : format.exact(value);
	const share = (value: number | null) =>
		value === null ? unknown : `${format.count(value * 100, 1)} %`;
	const left = `(1 − ${exact(assumed.reagentWastage)})`;
	/** "600 ÷ 7": what was told on days of the window, over how many they are. */
	const meanOf = (perDay: number | null, days: number) =>
		[
			t("laboratories.origin.mean", {
				days: format.number(days),
				of: LABORATORY_WINDOW,
			}),
			perDay === null ? null : `${exact(perDay * days)} ÷ ${exact(days)}`,
		] as const;
	const figure = (
		key: string,
		name: string,
		result: string,
		named: string,
		filled: string | null = null,
		notes: readonly string[] = [],
	): OriginOf => ({ key, name, result, named, filled, notes });
	const { positivity, pool, rates } = row;
	const told = LABORATORY_LIMITS.filter(
		(one) =>
			row.parts[one] !== null && !row.refuted.some(({ part }) => part === one),
	);
	/** "mesin PCR 2 × 3 × 94 = 564" */
	const made = (part: LaboratoryLimit) => {
		const factors = {
			extraction: "",
			pcr: `${exact(rates.pcr?.units.value ?? null)} × ${exact(rates.pcr?.each.value ?? null)} × ${exact(assumed.samplesPerPlate)} = `,
			staff: `${exact(rates.staff?.units.value ?? null)} × ${exact(rates.staff?.each.value ?? null)} = `,
			reagents: `${exact(row.reagent)} × ${left} = `,
			stated: "",
		}[part];
		return `${t(`laboratories.limit.${part}`)} ${factors}${exact(row.parts[part])}`;
	};
	/** By whom and of which days a part is: "petugas: petugas menurut laporan 3 Jan 2021, …; Laporan lab." */
	const toldOf = (part: LaboratoryRate): string[] => {
		const rate = rates[part];
		if (!rate) return [];
		const days = (["units", "each"] as const).flatMap((factor) => {
			const { day } = rate[factor];
			return day === null ||
				(factor === "each" && part !== "pcr" && part !== "staff")
				? []
				: [
						t("laboratories.origin.toldOn", {
							what: t(
								factor === "units"
									? `laboratories.origin.units.${part}`
									: `laboratories.origin.each.${part as "pcr"}`,
							),
							day: format.day(day),
						}),
					];
		});
		return days.length === 0
			? []
			: [
					t("laboratories.origin.told", {
						part: t(`laboratories.limit.${part}`),
						days: days.join(", "),
						source: rate.source?.[`${language}_name`] ?? unknown,
					}),
				];
	};
	const wait = boundOf(row, "wait");
	return [
		figure(
			"able",
			t("laboratories.summary.able"),
			`${boundSign(boundOf(row, "able"))}${count(row.able)}`,
			t("laboratories.origin.able"),
			row.limit && `min(${told.map(made).join("; ")})`,
			[
				...(row.limit
					? [
							t("laboratories.origin.heldBy", {
								limit: t(`laboratories.limit.${row.limit}`),
							}),
						]
					: []),
				...doubts(row, assumed, { t, format }),
				...LABORATORY_RATES.flatMap(toldOf),
			],
		),
		figure(
			"lasting",
			t("laboratories.origin.lasting"),
			`${boundSign(row.lastingIsMost ? "most" : null)}${count(row.lasting)}`,
			t("laboratories.origin.lastingOf"),
			row.lasting === null
				? null
				: `min(${told
						.filter((one) => one !== "reagents")
						.map((one) => exact(row.parts[one]))
						.join("; ")})`,
		),
		figure(
			"waiting",
			t("laboratories.column.waiting"),
			count(row.waiting),
			t("laboratories.origin.stated"),
		),
		figure(
			"wait",
			t("laboratories.column.wait"),
			row.endless
				? t("laboratories.never")
				: `${boundSign(wait)}${count(row.waitDays)}`,
			t("laboratories.origin.wait"),
			row.endless && row.lasting !== 0
				? `${exact(row.waiting)} > ${exact(row.parts.reagents)}: ${t("laboratories.origin.reagentsEnd")}`
				: `${exact(row.waiting)} ÷ ${exact(row.lasting)}`,
			wait ? [t("laboratories.origin.least")] : [],
		),
		figure(
			"received",
			t("laboratories.column.received"),
			count(row.receivedPerDay),
			...meanOf(row.receivedPerDay, row.receivedDays),
		),
		figure(
			"tested",
			t("laboratories.origin.tested"),
			count(row.testedPerDay),
			...meanOf(row.testedPerDay, row.testedDays),
		),
		figure(
			"load",
			t("laboratories.column.load"),
			row.load === null
				? unknown
				: `${boundSign(boundOf(row, "load"))}${loadText(row.load, format)}`,
			t("laboratories.origin.load"),
			`${exact(row.testedPerDay)} ÷ ${exact(row.lasting)}`,
		),
		figure(
			"positivity",
			t("laboratories.column.positivity"),
			share(positivity.share),
			t("laboratories.origin.positivity", {
				days: format.number(positivity.days),
			}),
			`${exact(positivity.positives)} ÷ ${exact(positivity.tests)}`,
		),
		figure(
			"reagents",
			t("laboratories.column.reagents"),
			row.reagentUnused ? t("laboratories.unused") : count(row.reagentDays),
			t("laboratories.origin.reagents"),
			row.reagentUnused
				? null
				: row.reagent === 0
					? exact(0)
					: `${exact(row.reagent)} × ${left} ÷ ${exact(row.testedPerDay)}`,
		),
		figure(
			"vtm",
			t("laboratories.origin.vtm"),
			row.vtmUnused ? t("laboratories.unused") : count(row.vtmDays),
			t("laboratories.origin.vtmDays"),
			row.vtmUnused
				? null
				: row.vtm === 0
					? exact(0)
					: `${exact(row.vtm)} ÷ ${exact(row.receivedPerDay)}`,
		),
		...(pool
			? [
					figure(
						"pool",
						t("laboratories.column.pool"),
						pool.size === 1
							? t("laboratories.oneByOne")
							: format.number(pool.size),
						t("laboratories.origin.pool"),
						pool.size === 1 || positivity.share === null
							? null
							: `1 ÷ ${exact(pool.size)} + 1 − (1 − ${exact(positivity.share)})^${exact(pool.size)} = ${exact(pool.testsPerSpecimen)}`,
						[
							t("laboratories.poolHelp", {
								size: format.number(pool.size),
								tests: format.number(pool.testsPerSpecimen),
								reach: format.number(pool.reach),
								wait: `${boundSign(leastUnlessNone(row.isMost, pool.waitDays))}${count(pool.waitDays)}`,
							}),
						],
					),
				]
			: []),
	];
}

/** What the figures of all laboratories of an area are made of, and of how many. */
export function originOfAll(
	total: Laboratories["total"],
	nameOf: (facility: number) => string,
	{ t, format }: LaboratoryWords,
): OriginOf[] {
	const unknown = t("logistics.unknown");
	const count = (value: number | null) =>
		value === null ? unknown : format.number(value);
	const { positivity, longest } = total;
	const told = (of: number) =>
		t("logistics.told", {
			told: format.number(of),
			of: format.number(total.laboratories),
		});
	return [
		{
			key: "waiting",
			name: t("laboratories.summary.waiting"),
			result: count(total.waiting),
			named: t("laboratories.origin.sum"),
			filled: null,
			notes: [told(total.waitingTold)],
		},
		{
			key: "able",
			name: t("laboratories.summary.able"),
			result: `${boundSign(total.ableIsMost ? "most" : null)}${count(total.able)}`,
			named: t("laboratories.origin.sum"),
			filled: null,
			notes: [
				told(total.ableTold),
				t("laboratories.origin.heldByAll", written(total.heldBy, format)),
				t("laboratories.origin.partsTold", written(total.partsTold, format)),
				t("laboratories.origin.refutedAll", written(total.refuted, format)),
				...(total.ableMost > 0
					? [
							t("laboratories.origin.mostOf", {
								count: total.ableMost,
							}),
						]
					: []),
			],
		},
		{
			key: "longest",
			name: t("laboratories.summary.longest"),
			result: longest
				? `${boundSign(longest.isLeast ? "least" : null)}${format.count(longest.days, 1)}`
				: unknown,
			named: t("laboratories.origin.longest"),
			filled: longest ? nameOf(longest.facility) : null,
		},
		{
			key: "positivity",
			name: t("laboratories.summary.positivity"),
			result:
				positivity.share === null
					? unknown
					: `${format.count(positivity.share * 100, 1)} %`,
			named: t("laboratories.origin.positivity", {
				days: format.number(positivity.days),
			}),
			filled: `${format.number(positivity.positives)} ÷ ${format.number(positivity.tests)}`,
		},
		{
			key: "reagents",
			name: t("laboratories.summary.reagents"),
			result: format.number(total.fewReagents),
			named: t("laboratories.summary.reagentsHelp"),
			filled: null,
		},
	];
}

/** What the line of the queue is made of: a laboratory's day by day, or the sum of those that told. */
export function originOfQueue(
	{ data, chosen }: { data: Laboratories; chosen: LaboratoryRow | null },
	{ t, format }: LaboratoryWords,
): OriginOf[] {
	const unknown = t("logistics.unknown");
	const written = (
		value: number | null | undefined,
		write: (value: number) => string,
	) => (value === null || value === undefined ? unknown : write(value));
	const count = (value: number | null | undefined) =>
		written(value, (known) =>
			format.count(known, Number.isInteger(known) ? 0 : 1),
		);
	const exact = (value: number | null | undefined) =>
		written(value, format.exact);
	const { history } = data;
	if (!chosen)
		return (["waiting", "received", "tested"] as const).map((key) => ({
			key,
			name: t(`laboratories.queue.${key}`),
			result: count(history[key].at(-1)),
			named: t(
				key === "waiting"
					? "laboratories.origin.queueHeld"
					: "laboratories.origin.queueSum",
			),
			filled: null,
			notes: [t("laboratories.origin.queueOf", { day: format.day(data.day) })],
		}));
	const { waiting, receivedPerDay } = chosen;
	const sign = boundSign(chosen.isMost ? "least" : null);
	const ahead = t(
		chosen.isMost
			? "laboratories.queue.aheadLeast"
			: "laboratories.queue.ahead",
	);
	return [
		{
			key: "waiting",
			name: t("laboratories.queue.waiting"),
			result: count(waiting),
			named: t("laboratories.origin.stated"),
			filled: null,
		},
		...(chosen.ahead.length === 0
			? [
					{
						key: "ahead",
						name: ahead,
						result: unknown,
						named: t("laboratories.origin.queueAhead"),
						filled: null,
						notes: [t("laboratories.origin.queueUnknown")],
					},
				]
			: chosen.ahead.map((of, at) => ({
					key: `ahead-${at + 1}`,
					name: `${ahead}, ${format.day(data.day + at + 1)}`,
					result: `${sign}${count(of.waiting)}`,
					named: t("laboratories.origin.queueAhead"),
					filled: `max(0; ${exact(at === 0 ? waiting : chosen.ahead[at - 1]?.waiting)} + ${exact(receivedPerDay)} − ${exact(of.able)})`,
				}))),
	];
}

/** What the sums of the routes are made of, and what bounds them. */
export function originOfRouting(
	routed: SpecimenRoutes,
	reach: number,
	{ t, format }: LaboratoryWords,
): OriginOf[] {
	const count = (value: number) => format.count(value, 0);
	const { specimens, testedWhereTheyAre, sent, untested, routes } = routed;
	return [
		{
			key: "specimens",
			name: t("laboratories.origin.specimens"),
			result: count(specimens),
			named: t("laboratories.origin.specimensOf"),
			filled: `${count(testedWhereTheyAre)} + ${count(sent)} + ${count(untested)}`,
			notes:
				routed.leftOut > 0
					? [
							t("laboratories.routing.leftOut", {
								count: format.number(routed.leftOut),
								all: format.number(routed.laboratories),
							}),
						]
					: [],
		},
		{
			key: "sent",
			name: t("laboratories.origin.sent"),
			result: count(sent),
			named: t("laboratories.origin.sentOf"),
			filled:
				routes.length === 0
					? null
					: addends(routes.map((one) => count(one.specimens))),
		},
		{
			key: "untested",
			name: t("laboratories.origin.untested"),
			result: `${boundSign(routed.ableMost > 0 ? "least" : null)}${count(untested)}`,
			named: t("laboratories.origin.untestedOf"),
			filled: `${count(specimens)} − ${count(testedWhereTheyAre)} − ${count(sent)}`,
			notes: [
				...mostTested(routed, { t, format }),
				t("laboratories.origin.routingRule", {
					nearest: format.number(routed.nearest),
					reach: format.number(reach),
				}),
			],
		},
	];
}

/** So many addends are written out. */
const MOST_ADDENDS = 30;

function addends(all: readonly string[]): string {
	const shown = all.slice(0, MOST_ADDENDS).join(" + ");
	return all.length > MOST_ADDENDS ? `${shown} + … (${all.length})` : shown;
}
